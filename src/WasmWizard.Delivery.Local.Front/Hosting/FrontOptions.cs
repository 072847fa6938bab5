using System.Net;

namespace WasmWizard.Delivery.Local.Front.Hosting;

/// <param name="State">Full path of the environment's state folder.</param>
/// <param name="Address">Where requests are served: http, an IP address of the loopback, a port (0: the system chooses).</param>
/// <param name="Version">Digest of the binaries, shown in the front's document.</param>
public sealed record FrontOptions(string State, Uri Address, string Version)
{
    public const string Usage = "usage: WasmWizard.Delivery.Local.Front --state FOLDER --address http://127.0.0.1:PORT --version DIGEST";

    private static readonly string[] Names = ["--state", "--address", "--version"];

    /// <summary>Reads the command line; null with every fault listed when it is not complete and right.</summary>
    public static FrontOptions? Parse(IReadOnlyList<string> arguments, out IReadOnlyList<string> faults)
    {
        var found = new List<string>();
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var index = 0; index < arguments.Count; index += 2)
        {
            if (!Names.Contains(arguments[index]))
                found.Add($"{arguments[index]} is not a parameter.");
            else if (index + 1 == arguments.Count)
                found.Add($"{arguments[index]} has no value.");
            else
                values[arguments[index]] = arguments[index + 1];
        }

        foreach (var required in Names.Where(name => !values.ContainsKey(name)))
            found.Add($"{required} is missing.");
        Uri? address = null;
        if (values.TryGetValue("--address", out var text) && !IsLoopback(text, out address))
            found.Add($"--address {text} is not http on an IP address of the loopback.");
        if (values.TryGetValue("--state", out var state) && !Path.IsPathFullyQualified(state))
            found.Add($"--state {state} is not a full path.");
        faults = found;
        return found.Count == 0 ? new FrontOptions(state!, address!, values["--version"]) : null;
    }

    private static bool IsLoopback(string text, out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address)
        && address.Scheme == Uri.UriSchemeHttp
        && IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip)
        && IPAddress.IsLoopback(ip);
}
