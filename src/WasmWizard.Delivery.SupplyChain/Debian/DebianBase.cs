using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace WasmWizard.Delivery.SupplyChain.Debian;

/// <summary>
/// Makes the root of a base from a release's packages: resolved from the signed indexes of the release, its updates and its security updates, fetched by
/// apt, each compared with the hash that the index names. The same packages give the same files.
/// </summary>
/// <param name="keyring">The keys of the distribution's archive; see <see cref="SecurityIndex.DefaultKeyring"/>.</param>
/// <param name="mirror">The mirror to use; null for the machine's.</param>
/// <param name="time">What the dates of the indexes are judged by.</param>
public sealed class DebianBase(string keyring, string? mirror, TimeProvider time)
{
    /// <summary>The release that images are built on.</summary>
    public const string Codename = "trixie";

    /// <summary>Debian's word for this machine's processor.</summary>
    public static string Architecture => RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        var other => other.ToString().ToLowerInvariant(),
    };

    /// <summary>Looks up which packages the recipe means today, and lays them out unless they are the ones that were laid out before.</summary>
    /// <param name="recipe">What is wanted.</param>
    /// <param name="root">The folder to lay out in; empty or absent.</param>
    /// <param name="known">The <see cref="ResolvedBase.Key"/> of a base that is at hand; null for none.</param>
    /// <param name="cancellation">Ends it; the folder is then to be thrown away.</param>
    /// <exception cref="SupplyDataException">Mirror, keys or tools are missing, or something is not what was signed.</exception>
    public async Task<ResolvedBase> LayOutAsync(BaseRecipe recipe, string root, string? known, CancellationToken cancellation)
    {
        using var work = new WorkFolder();
        var apt = new AptFolder(work.Path, keyring);
        var index = await ReadIndexAsync(apt, cancellation);
        var packages = PackageClosure.Of(index, recipe);
        var resolved = new ResolvedBase(KeyOf(recipe, packages), Codename, index.Date, [.. packages.Select(package => package.Record)]);
        if (resolved.Key == known)
            return resolved;
        var files = await apt.DownloadAsync(resolved.Packages, cancellation);
        foreach (var package in packages)
        {
            var deb = new DebFile(FileOf(files, package.Record));
            await deb.RequireAsync(package.Sha256, cancellation);
            await deb.UnpackAsync(root, cancellation);
        }

        BaseRoot.Finish(root, packages);
        return resolved;
    }

    private async Task<PackageIndex> ReadIndexAsync(AptFolder apt, CancellationToken cancellation)
    {
        var mirrors = await apt.MirrorsAsync(mirror, cancellation);
        var fetched = await apt.UpdateAsync([(mirrors.Packages, Codename), (mirrors.Packages, $"{Codename}-updates"), (mirrors.Security, $"{Codename}-security")], cancellation);
        var heads = new List<(SignedRelease, byte[])>();
        foreach (var (head, body) in fetched)
            heads.Add((await SignedRelease.ReadAsync(head, keyring, cancellation), body));
        return PackageIndex.Read(heads, time.GetUtcNow());
    }

    private static string KeyOf(BaseRecipe recipe, IReadOnlyList<IndexedPackage> packages)
    {
        var text = string.Join('\n', packages.Select(package => $"{package.Record.Package} {package.Record.Version} {package.Sha256}").Prepend($"{recipe.Name} {BaseRecipe.Edition}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Apt escapes the colon of an epoch in a file's name.</summary>
    private static string FileOf(string folder, DpkgRecord package) =>
        Directory.GetFiles(folder, $"{package.Package}_*.deb").SingleOrDefault()
        ?? throw new CorruptDataException($"apt fetched no file of {package.Package}", "./build.sh Image");
}

/// <summary>The packages that a recipe means on a day.</summary>
/// <param name="Key">64 hex digits over recipe, versions and hashes: equal keys give equal files.</param>
/// <param name="Codename">The release.</param>
/// <param name="IndexDate">The date of the oldest index behind it.</param>
/// <param name="Packages">In order of name.</param>
public sealed record ResolvedBase(string Key, string Codename, DateTimeOffset IndexDate, IReadOnlyList<DpkgRecord> Packages);
