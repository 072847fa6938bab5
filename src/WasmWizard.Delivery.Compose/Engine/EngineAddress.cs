namespace WasmWizard.Delivery.Compose.Engine;

/// <summary>Where a container engine is: <c>unix:///path</c> on this machine, or <c>ssh://[user@]host[:port]</c>, reached by the machine's own ssh.</summary>
public sealed record EngineAddress
{
    private const string Unix = "unix://";

    private EngineAddress(string text) => Text = text;

    public string Text { get; }

    /// <summary>The socket's path; null for an engine elsewhere.</summary>
    public string? Socket { get; private init; }

    /// <summary>Arguments of ssh that lead to the host; null for an engine here.</summary>
    public IReadOnlyList<string>? Ssh { get; private init; }

    /// <exception cref="FormatException">It is neither.</exception>
    public static EngineAddress Parse(string text)
    {
        if (text.StartsWith(Unix, StringComparison.Ordinal) && text.Length > Unix.Length)
            return new(text) { Socket = text[Unix.Length..] };
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "ssh", Host.Length: > 0 } && uri.Host[0] != '-')
        {
            var host = uri.UserInfo.Length > 0 ? $"{uri.UserInfo}@{uri.Host}" : uri.Host;
            return new(text) { Ssh = uri.Port > 0 ? ["-p", uri.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), "--", host] : ["--", host] };
        }

        throw new FormatException($"'{text}' is no engine's address; unix:///path or ssh://user@host is required.");
    }

    public override string ToString() => Text;
}
