using WasmWizard.Delivery.SupplyChain.Tools;

namespace WasmWizard.Delivery.SupplyChain.Debian;

/// <summary>Where Debian's packages and their security updates come from.</summary>
/// <param name="Packages">E.g. <c>http://mirror.example/debian</c>.</param>
/// <param name="Security">E.g. <c>http://mirror.example/debian-security</c>.</param>
public sealed record DebianMirrors(string Packages, string Security)
{
    private const string Suffix = "-security";
    private const string Fix = "name one with --mirror, or use an image of a registry with --base-image";

    /// <summary>A mirror by its address; its security updates lie beside it under the name that Debian's own server uses.</summary>
    /// <exception cref="MissingDataException">It is no http address.</exception>
    public static DebianMirrors At(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && !address.Any(char.IsWhiteSpace)
        ? new(address.TrimEnd('/'), address.TrimEnd('/') + Suffix)
        : throw new MissingDataException("the mirror is no http address", Fix);

    /// <summary>Those that the machine's own apt is configured with.</summary>
    /// <exception cref="MissingDataException">It names none of Debian, as on a machine of another distribution.</exception>
    public static async Task<DebianMirrors> OfMachineAsync(Tool apt, CancellationToken cancellation)
    {
        var output = await apt.RunAsync(["indextargets", "--format", "$(REPO_URI) $(RELEASE)", "Created-By: Packages"], cancellation: cancellation);
        var sources = output.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).Where(parts => parts.Length == 2).ToList();
        var packages = sources.FirstOrDefault(parts => IsDebian(parts[1]))?[0];
        var security = sources.FirstOrDefault(parts => parts[1].EndsWith(Suffix, StringComparison.Ordinal) && IsDebian(parts[1][..^Suffix.Length]))?[0];
        return packages is not null && security is not null
            ? new(packages, security)
            : throw new MissingDataException("apt's configuration names no mirror of Debian and its security updates", Fix);
    }

    private static bool IsDebian(string release) => release is "stable" or "oldstable" || DebianSupport.Of(release) is not null;
}
