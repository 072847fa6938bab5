using System.Formats.Tar;
using System.Security.Cryptography;
using WasmWizard.Delivery.SupplyChain.Tools;

namespace WasmWizard.Delivery.SupplyChain.Debian;

/// <summary>A package file. Unpacking it runs none of its scripts.</summary>
/// <param name="path">Where it lies.</param>
public sealed class DebFile(string path)
{
    private const string Fix = "fetch it again: ./build.sh Image";

    /// <summary>Folders of the root that are links into <c>usr</c>; packages may still name them the old way.</summary>
    private static readonly string[] Merged = ["bin", "sbin", "lib", "lib32", "lib64", "libx32"];

    private string Name => Path.GetFileName(path);

    /// <summary>Whether these are the bytes that the index names.</summary>
    /// <exception cref="CorruptDataException">They are others.</exception>
    public async Task RequireAsync(string sha256, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(path);
        if (Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation)) != sha256)
            throw new CorruptDataException($"{Name} is not the package that the index names", Fix);
    }

    /// <summary>Lays the package's files out in a folder. Rights are kept as far as the executable bit; owners and times are not.</summary>
    /// <exception cref="CorruptDataException">It is not whole, or a name leaves the folder.</exception>
    public async Task UnpackAsync(string folder, CancellationToken cancellation)
    {
        var tool = Tool.Find("dpkg-deb") ?? throw new MissingDataException("packages cannot be unpacked without dpkg-deb", "install dpkg");
        var output = await tool.RunAsync(["--fsys-tarfile", path], cancellation: cancellation);
        if (output.ExitCode != 0)
            throw new CorruptDataException($"{Name} is not whole ({output.Complaint})", Fix);
        try
        {
            using var tar = new TarReader(new MemoryStream(output.Output, writable: false));
            while (tar.GetNextEntry() is { } entry)
                Lay(entry, folder);
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new CorruptDataException($"{Name} is not whole: {problem.Message}", Fix, problem);
        }
    }

    private void Lay(TarEntry entry, string folder)
    {
        var parts = Parts(entry.Name);
        if (parts.Length == 0)
            return;
        var target = Place(folder, parts);
        switch (entry.EntryType)
        {
            case TarEntryType.Directory or TarEntryType.SymbolicLink when parts is [var only] && Merged.Contains(only):
                break;
            case TarEntryType.Directory:
                Directory.CreateDirectory(target);
                break;
            case TarEntryType.SymbolicLink:
                File.Delete(target);
                File.CreateSymbolicLink(target, entry.LinkName);
                break;
            case TarEntryType.HardLink:
                File.Copy(Place(folder, Parts(entry.LinkName)), target, overwrite: true);
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile:
                entry.ExtractToFile(target, overwrite: true);
                break;
            default:
                throw new CorruptDataException($"{Name} holds {entry.Name}, a {entry.EntryType}: no package of a base has one", Fix);
        }
    }

    private string[] Parts(string name)
    {
        string[] parts = [.. name.Split('/').Where(part => part is not ("" or "."))];
        if (parts.Contains("..") || name.Contains('\0', StringComparison.Ordinal))
            throw new CorruptDataException($"{Name} holds '{name}', which leaves the root", Fix);
        return parts.Length > 1 && Merged.Contains(parts[0]) ? ["usr", .. parts] : parts;
    }

    /// <summary>Nothing is written through a link: it might lead out of the root.</summary>
    private string Place(string folder, string[] parts)
    {
        var at = folder;
        foreach (var part in parts[..^1])
        {
            at = Path.Combine(at, part);
            if (new DirectoryInfo(at).LinkTarget is not null)
                throw new CorruptDataException($"{Name} holds {string.Join('/', parts)}, which lies behind a link", Fix);
        }

        Directory.CreateDirectory(at);
        return Path.Combine(at, parts[^1]);
    }
}
