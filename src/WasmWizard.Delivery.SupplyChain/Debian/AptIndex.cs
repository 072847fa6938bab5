using WasmWizard.Delivery.SupplyChain.Advisories;
using WasmWizard.Delivery.SupplyChain.Tools;

namespace WasmWizard.Delivery.SupplyChain.Debian;

/// <summary>Has apt fetch the security index of a release into a folder; apt itself verifies signature, dates and hashes, and so does the reader again.</summary>
/// <param name="folder">For apt's files; nothing outside of it changes.</param>
/// <param name="keyring">The keys of the distribution's archive.</param>
public sealed class AptIndex(string folder, string keyring)
{
    private const string DecompressorPath = "/usr/lib/apt/apt-helper";
    private const string Fix = "run it on a machine with apt and a Debian mirror, or give an index by hand";

    /// <param name="codename">The release, e.g. <c>trixie</c>.</param>
    /// <param name="cancellation">Ends the fetch.</param>
    /// <returns>The signed head's file and the uncompressed package index.</returns>
    /// <exception cref="MissingDataException">There is no apt, no mirror of security updates in its configuration, or the mirror cannot be reached.</exception>
    public async Task<(string Head, byte[] Body)> FetchAsync(string codename, CancellationToken cancellation)
    {
        var apt = Tool.Find("apt-get") ?? throw new MissingDataException("security updates cannot be looked up without apt", Fix);
        var mirror = await MirrorAsync(apt, cancellation);
        var shown = Uri.TryCreate(mirror, UriKind.Absolute, out var address) ? Download.Shown(address) : "of apt's configuration";
        var list = Path.Combine(folder, "sources.list");
        await File.WriteAllTextAsync(list, $"deb [signed-by={keyring}] {mirror} {codename}-security main\n", cancellation);
        Directory.CreateDirectory(Path.Combine(folder, "lists", "partial"));
        string[] options =
        [
            "-o", $"Dir::Etc::sourcelist={list}", "-o", "Dir::Etc::sourceparts=-", "-o", $"Dir::State::lists={folder}/lists", "-o", $"Dir::Cache={folder}/cache",
            "-o", $"APT::Sandbox::User={Environment.UserName}",
        ];
        var update = await apt.RunAsync(["update", "-q", "-q", "--error-on=any", .. options], cancellation: cancellation);
        if (update.ExitCode != 0)
            throw new MissingDataException($"the mirror {shown} gives no index of {codename}-security (apt-get update: exit code {update.ExitCode})", Fix);
        var body = (await TargetsAsync(apt, "$(FILENAME)", options, cancellation)).FirstOrDefault(File.Exists);
        var head = Directory.GetFiles(Path.Combine(folder, "lists"), "*_InRelease").SingleOrDefault();
        if (head is null || body is null)
            throw new MissingDataException($"the mirror {shown} has no index of {codename}-security for this machine", Fix);
        var content = await new Tool(DecompressorPath).RunAsync(["cat-file", body], cancellation: cancellation);
        return content.ExitCode == 0 ? (head, content.Output) : throw new CorruptDataException($"apt's own index cannot be read ({content.Complaint})", Fix);
    }

    /// <summary>Where the machine gets its own security updates from.</summary>
    private static async Task<string> MirrorAsync(Tool apt, CancellationToken cancellation) =>
        (await TargetsAsync(apt, "$(REPO_URI) $(RELEASE)", [], cancellation))
            .Select(line => line.Split(' '))
            .FirstOrDefault(parts => parts is [_, var release] && release.EndsWith("-security", StringComparison.Ordinal))?[0]
        ?? throw new MissingDataException("apt's configuration names no mirror of security updates", "add one to /etc/apt/sources.list.d");

    private static async Task<string[]> TargetsAsync(Tool apt, string format, string[] options, CancellationToken cancellation)
    {
        var output = await apt.RunAsync(["indextargets", .. options, "--format", format, "Created-By: Packages"], cancellation: cancellation);
        return output.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
