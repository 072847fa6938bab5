using System.Formats.Tar;
using System.IO.Compression;

namespace WasmWizard.Delivery.Containers.Oci;

/// <summary>Looks into an image's layers without unpacking them.</summary>
public static class LayerReader
{
    private const string Removed = ".wh.";

    /// <summary>The files that match, as the image shows them: upper layers hide lower ones, and may remove.</summary>
    /// <param name="image">Whose layers.</param>
    /// <param name="wanted">By path without a slash in front, e.g. <c>var/lib/dpkg/status</c>.</param>
    /// <exception cref="ImageException">A layer is not whole.</exception>
    public static IReadOnlyDictionary<string, byte[]> Files(ImageLayout image, Func<string, bool> wanted)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var layer in image.Manifest.Layers)
            Read(image.PathOf(layer), layer, wanted, files);
        return files;
    }

    private static void Read(string path, Descriptor layer, Func<string, bool> wanted, SortedDictionary<string, byte[]> files)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var content = layer.MediaType.EndsWith("gzip", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
            using var tar = new TarReader(content);
            while (tar.GetNextEntry() is { } entry)
            {
                var name = entry.Name.TrimStart('.').Trim('/');
                if (Path.GetFileName(name) is { } last && last.StartsWith(Removed, StringComparison.Ordinal))
                    files.Remove(name[..^last.Length] + last[Removed.Length..]);
                else if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile && wanted(name))
                    files[name] = Bytes(entry);
            }
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException)
        {
            throw new ImageException($"the layer {layer.Digest} cannot be read: {problem.Message}", "build or fetch the image again: ./build.sh Image", problem);
        }
    }

    private static byte[] Bytes(TarEntry entry)
    {
        using var bytes = new MemoryStream();
        entry.DataStream?.CopyTo(bytes);
        return bytes.ToArray();
    }
}
