using System.Security.Cryptography;
using WasmWizard.Delivery.SupplyChain.Advisories;
using WasmWizard.Delivery.SupplyChain.Tools;

namespace WasmWizard.Delivery.SupplyChain.Debian;

/// <summary>
/// An apt of its own: lists, cache and sources lie in one folder, and the machine's stay as they are. Apt verifies signatures, dates and
/// hashes; readers of what it fetched do so again.
/// </summary>
/// <param name="folder">For apt's files; nothing outside of it changes.</param>
/// <param name="keyring">The keys of the distribution's archive.</param>
public sealed class AptFolder(string folder, string keyring)
{
    private const string Reader = "/usr/lib/apt/apt-helper";
    private const string Fix = "run it on a machine with apt and a Debian mirror, or use an image of a registry with --base-image";

    /// <summary>The hash of an empty index: apt keeps no file for it, e.g. for the updates of a release of yesterday.</summary>
    private static readonly string Nothing = Convert.ToHexStringLower(SHA256.HashData([]));

    /// <summary>Nobody waits long for a mirror that is not there.</summary>
    private static readonly string[] Patience = ["-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=10", "-o", "Acquire::https::Timeout=10"];

    private readonly Tool _apt = Tool.Find("apt-get") ?? throw new MissingDataException("Debian's packages cannot be looked up without apt", Fix);

    private string[] Options =>
    [
        "-o", $"Dir::Etc::sourcelist={Path.Combine(folder, "sources.list")}", "-o", "Dir::Etc::sourceparts=-", "-o", $"Dir::State::lists={folder}/lists",
        "-o", $"Dir::Cache={folder}/cache", "-o", $"APT::Sandbox::User={Environment.UserName}", .. Patience,
    ];

    /// <summary>The mirrors to use: the given one, else the machine's.</summary>
    public Task<DebianMirrors> MirrorsAsync(string? given, CancellationToken cancellation) =>
        given is null ? DebianMirrors.OfMachineAsync(_apt, cancellation) : Task.FromResult(DebianMirrors.At(given));

    /// <summary>Fetches the indexes of some releases, each from its mirror.</summary>
    /// <returns>One signed head with its uncompressed package index for each release, in order.</returns>
    /// <exception cref="MissingDataException">A mirror cannot be reached or lacks one; apt refuses a head that is not signed or not valid any more, too.</exception>
    public async Task<IReadOnlyList<(string Head, byte[] Body)>> UpdateAsync(IReadOnlyList<(string Mirror, string Release)> sources, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.Combine(folder, "lists", "partial"));
        await File.WriteAllLinesAsync(Path.Combine(folder, "sources.list"), sources.Select(source => $"deb [signed-by={keyring}] {source.Mirror} {source.Release} main"), cancellation);
        var update = await _apt.RunAsync(["update", "-q", "-q", "--error-on=any", "-o", "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false", .. Options], cancellation: cancellation);
        if (update.ExitCode != 0)
            throw new MissingDataException($"the mirror {Shown(sources[0].Mirror)} gives no index of {string.Join(", ", sources.Select(source => source.Release))} (apt-get update: exit code {update.ExitCode})", Fix);
        var targets = await _apt.RunAsync(["indextargets", .. Options, "--format", "$(RELEASE) $(FILENAME)", "Created-By: Packages"], cancellation: cancellation);
        var files = targets.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 2)).ToLookup(parts => parts[0], parts => parts[^1]);
        var indexes = new List<(string, byte[])>();
        foreach (var (mirror, release) in sources)
        {
            var head = HeadOf(mirror, release);
            indexes.Add((head, await BodyAsync(files[release].FirstOrDefault(File.Exists), head, mirror, release, cancellation)));
        }

        return indexes;
    }

    /// <summary>Fetches package files by name and exact version.</summary>
    /// <returns>The folder that holds them.</returns>
    /// <exception cref="MissingDataException">The mirror does not give them.</exception>
    public async Task<string> DownloadAsync(IEnumerable<DpkgRecord> packages, CancellationToken cancellation)
    {
        var files = Directory.CreateDirectory(Path.Combine(folder, "packages")).FullName;
        var output = await _apt.RunAsync(["download", "-q", "-q", .. Options, .. packages.Select(package => $"{package.Package}={package.Version}")], files, cancellation: cancellation);
        return output.ExitCode == 0 ? files : throw new MissingDataException($"the mirror does not give the packages of its own index ({output.Complaint})", Fix);
    }

    private string HeadOf(string mirror, string release) =>
        Directory.GetFiles(Path.Combine(folder, "lists"), $"*_dists_{release}_InRelease").SingleOrDefault()
        ?? throw new MissingDataException($"the mirror {Shown(mirror)} has no signed head of {release}", Fix);

    private static async Task<byte[]> BodyAsync(string? file, string head, string mirror, string release, CancellationToken cancellation)
    {
        if (file is null && (await File.ReadAllTextAsync(head, cancellation)).Contains(Nothing, StringComparison.Ordinal))
            return [];
        if (file is null)
            throw new MissingDataException($"the mirror {Shown(mirror)} has no index of {release} for this machine", Fix);
        var content = await new Tool(Reader).RunAsync(["cat-file", file], cancellation: cancellation);
        return content.ExitCode == 0 ? content.Output : throw new CorruptDataException($"apt's own index cannot be read ({content.Complaint})", Fix);
    }

    private static string Shown(string mirror) => Uri.TryCreate(mirror, UriKind.Absolute, out var address) ? Download.Shown(address) : "of apt's configuration";
}
