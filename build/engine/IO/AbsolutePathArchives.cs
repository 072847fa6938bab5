using System.Formats.Tar;
using System.IO.Compression;

namespace WasmWizard.BuildEngine.IO;

/// <summary>Packs folders and unpacks archives. Unpacking refuses entries that would lie outside the folder.</summary>
public static class AbsolutePathArchives
{
    /// <summary>Packs a folder's files into a zip.</summary>
    public static AbsolutePath ZipTo(
        this AbsolutePath directory, AbsolutePath archive, Func<AbsolutePath, bool>? filter = null,
        CompressionLevel compressionLevel = CompressionLevel.Optimal, FileMode fileMode = FileMode.CreateNew)
    {
        archive.Parent?.CreateDirectory();
        using var stream = File.Open(archive, fileMode, FileAccess.ReadWrite);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
        foreach (var file in FilesOf(directory, filter))
            zip.CreateEntryFromFile(file, directory.GetUnixRelativePathTo(file), compressionLevel);
        return archive;
    }

    /// <summary>Unpacks a zip and replaces files that exist.</summary>
    public static AbsolutePath UnZipTo(this AbsolutePath archive, AbsolutePath directory)
    {
        directory.CreateDirectory();
        ZipFile.ExtractToDirectory(archive, directory, overwriteFiles: true);
        return directory;
    }

    /// <summary>Packs a folder's files into a compressed tar.</summary>
    public static AbsolutePath TarGZipTo(this AbsolutePath directory, AbsolutePath archive, Func<AbsolutePath, bool>? filter = null, FileMode fileMode = FileMode.CreateNew)
    {
        archive.Parent?.CreateDirectory();
        using var stream = File.Open(archive, fileMode, FileAccess.Write);
        using var compressed = new GZipStream(stream, CompressionLevel.Optimal);
        using var tar = new TarWriter(compressed);
        foreach (var file in FilesOf(directory, filter))
            tar.WriteEntry(file, directory.GetUnixRelativePathTo(file));
        return archive;
    }

    /// <summary>Unpacks a compressed tar and replaces files that exist.</summary>
    public static AbsolutePath UnTarGZipTo(this AbsolutePath archive, AbsolutePath directory)
    {
        directory.CreateDirectory();
        using var stream = File.OpenRead(archive);
        using var compressed = new GZipStream(stream, CompressionMode.Decompress);
        TarFile.ExtractToDirectory(compressed, directory, overwriteFiles: true);
        return directory;
    }

    /// <summary>Packs by the archive's extension: .zip, .tar.gz or .tgz.</summary>
    public static AbsolutePath CompressTo(this AbsolutePath directory, AbsolutePath archive) =>
        IsTar(archive) ? directory.TarGZipTo(archive) : directory.ZipTo(archive);

    /// <summary>Unpacks by the archive's extension: .zip, .tar.gz or .tgz.</summary>
    public static AbsolutePath UncompressTo(this AbsolutePath archive, AbsolutePath directory) =>
        IsTar(archive) ? archive.UnTarGZipTo(directory) : archive.UnZipTo(directory);

    private static bool IsTar(AbsolutePath archive)
    {
        if (archive.HasExtension("tar.gz", "tgz"))
            return true;
        return archive.HasExtension("zip") ? false : throw new ArgumentException($"{archive.Name} is no .zip, .tar.gz or .tgz.", nameof(archive));
    }

    private static IEnumerable<AbsolutePath> FilesOf(AbsolutePath directory, Func<AbsolutePath, bool>? filter) =>
        directory.GlobFiles("**/*").Where(file => filter?.Invoke(file) != false);
}
