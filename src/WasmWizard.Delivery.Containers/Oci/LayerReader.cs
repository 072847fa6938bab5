using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Containers.Oci;

/// <summary>Looks into an image's layers without unpacking them. What it tells is of the very bytes that the image's digest names.</summary>
public static class LayerReader
{
    /// <summary>An entry of this name removes what lies below under the rest of its name.</summary>
    private const string Removed = ".wh.";

    /// <summary>An entry of this name empties its folder of what lies below.</summary>
    private const string Emptied = ".wh..wh..opq";

    /// <summary>The files that match, as the image shows them: upper layers hide lower ones, and may remove.</summary>
    /// <param name="image">Whose layers.</param>
    /// <param name="wanted">By path without a slash in front, e.g. <c>var/lib/dpkg/status</c>.</param>
    /// <exception cref="ImageException">A layer is not whole, or has other bytes than its digest says.</exception>
    public static IReadOnlyDictionary<string, byte[]> Files(ImageLayout image, Func<string, bool> wanted)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var layer in image.Manifest.Layers)
        {
            var (removed, added) = Read(image.PathOf(layer), layer, wanted);
            foreach (var name in files.Keys.Where(name => removed.Any(gone => gone.Length == 0 || name == gone || name.StartsWith(gone + "/", StringComparison.Ordinal))).ToList())
                files.Remove(name);
            foreach (var (name, bytes) in added)
                files[name] = bytes;
        }

        return files;
    }

    private static (List<string> Removed, Dictionary<string, byte[]> Added) Read(string path, Descriptor layer, Func<string, bool> wanted)
    {
        var (removed, added) = (new List<string>(), new Dictionary<string, byte[]>(StringComparer.Ordinal));
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using var file = File.OpenRead(path);
            using var hashed = new HashedStream(file, hash);
            using var content = layer.MediaType.EndsWith("gzip", StringComparison.Ordinal) ? new GZipStream(hashed, CompressionMode.Decompress) : (Stream)hashed;
            using var tar = new TarReader(content);
            while (tar.GetNextEntry() is { } entry)
            {
                var name = (entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name).Trim('/');
                if (Gone(name) is { } gone)
                    removed.Add(gone);
                else if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile && wanted(name))
                    added[name] = Bytes(entry);
            }

            content.CopyTo(Stream.Null);
            hashed.CopyTo(Stream.Null);
            return Digest.FromHash(hash.GetHashAndReset()) == layer.Content
                ? (removed, added)
                : throw new ImageException($"the layer {layer.Digest} has other bytes than its digest says", "build or fetch the image again: ./build.sh Image");
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException)
        {
            throw new ImageException($"the layer {layer.Digest} cannot be read: {problem.Message}", "build or fetch the image again: ./build.sh Image", problem);
        }
    }

    /// <summary>What an entry removes from the layers below: a name with all under it; the folder itself where it is emptied; null for other entries.</summary>
    private static string? Gone(string name)
    {
        var start = name.LastIndexOf('/') + 1;
        if (name[start..] == Emptied)
            return name[..Math.Max(0, start - 1)];
        return name.AsSpan(start).StartsWith(Removed, StringComparison.Ordinal) ? name[..start] + name[(start + Removed.Length)..] : null;
    }

    private static byte[] Bytes(TarEntry entry)
    {
        using var bytes = new MemoryStream();
        entry.DataStream?.CopyTo(bytes);
        return bytes.ToArray();
    }
}
