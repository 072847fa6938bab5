using System.Security.Cryptography;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Containers;

/// <summary>
/// The application layer of the image: a tar whose bytes depend on the files' names, contents and executable bits alone. The same
/// file is a layer of an OCI image and, unpacked, a release of the local target.
/// </summary>
public static class AppLayer
{
    /// <summary>The folder inside the layer that holds the application.</summary>
    public const string Root = "app";

    private const string Marker = ".complete";

    /// <summary>
    /// Packs everything under <paramref name="folder"/> into <paramref name="destination"/>, which appears only when it is whole and on disk.
    /// </summary>
    /// <returns>SHA-256 of the uncompressed tar, which is the layer's diff id.</returns>
    /// <exception cref="LayerException">The folder holds a link or something else that is neither file nor folder, or nothing at all.</exception>
    public static async Task<Digest> Write(string folder, string destination, CancellationToken cancellation = default)
    {
        var entries = LayerEntry.Of(folder, $"{Root}/", links: false);
        return entries.Count > 0
            ? await LayerFile.Write(entries, destination, cancellation)
            : throw new LayerException($"{folder} is empty: an application layer needs at least one file.");
    }

    /// <summary>
    /// Unpacks a layer into <paramref name="folder"/>, which then holds <c>app/</c>. The folder appears by one rename after every byte is
    /// on disk and the digest has been compared; a folder that is complete already is left as it is.
    /// </summary>
    /// <exception cref="LayerException">Other bytes than <paramref name="expected"/>, a name that leaves the folder, a link or a device.</exception>
    public static async Task Unpack(string tar, Digest expected, string folder, CancellationToken cancellation = default)
    {
        if (IsComplete(folder, expected))
            return;
        var parent = Path.GetDirectoryName(Path.GetFullPath(folder))!;
        Directory.CreateDirectory(parent);
        var draft = Path.Combine(parent, $".{Path.GetFileName(folder)}.{Path.GetRandomFileName()}");
        try
        {
            Digest found;
            await using (var file = new FileStream(tar, FileMode.Open, FileAccess.Read, FileShare.Read))
            {
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                await using var hashed = new HashedStream(file, hash);
                await LayerTar.Read(hashed, draft, cancellation);
                await hashed.CopyToAsync(Stream.Null, cancellation);
                found = Digest.FromHash(hash.GetHashAndReset());
            }

            if (found != expected)
                throw new LayerException($"{tar} has the digest {found}, required is {expected}: the layer was damaged or exchanged and is not unpacked.");
            WriteMarker(Path.Combine(draft, Marker), expected);
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            Directory.Move(draft, folder);
        }
        finally
        {
            if (Directory.Exists(draft))
                Directory.Delete(draft, recursive: true);
        }
    }

    /// <summary>Whether <paramref name="folder"/> is the whole of this layer, unpacked.</summary>
    public static bool IsComplete(string folder, Digest expected)
    {
        var marker = Path.Combine(folder, Marker);
        return File.Exists(marker) && File.ReadAllText(marker) == expected.ToString();
    }

    private static void WriteMarker(string path, Digest digest)
    {
        using var marker = new FileStream(path, FileMode.CreateNew);
        marker.Write(System.Text.Encoding.ASCII.GetBytes(digest.ToString()));
        marker.Flush(flushToDisk: true);
    }
}
