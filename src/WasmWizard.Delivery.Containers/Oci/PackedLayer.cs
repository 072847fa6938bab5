using System.IO.Compression;
using System.Security.Cryptography;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Containers.Oci;

/// <summary>A layer as it travels: compressed, named by both of its hashes.</summary>
/// <param name="File">The compressed bytes.</param>
/// <param name="Digest">Of the compressed bytes.</param>
/// <param name="DiffId">Of the tar.</param>
/// <param name="Size">Of the compressed bytes.</param>
public sealed record PackedLayer(string File, Digest Digest, Digest DiffId, long Size)
{
    public Descriptor Descriptor => new(MediaTypes.Layer, Digest.ToString(), Size);

    /// <summary>Compresses a tar. The same runtime gives the same bytes; the file appears only when it is whole.</summary>
    /// <param name="tar">The layer.</param>
    /// <param name="diffId">Its hash.</param>
    /// <param name="destination">The compressed file.</param>
    /// <param name="cancellation">Ends it; nothing is left behind.</param>
    public static async Task<PackedLayer> CompressAsync(string tar, Digest diffId, string destination, CancellationToken cancellation = default)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(destination))!);
        var draft = $"{destination}.{Path.GetRandomFileName()}";
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using (var source = System.IO.File.OpenRead(tar))
            await using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            await using (var hashed = new HashedStream(file, hash))
            await using (var gzip = new GZipStream(hashed, CompressionLevel.Optimal))
                await source.CopyToAsync(gzip, cancellation);
            var size = new FileInfo(draft).Length;
            System.IO.File.Move(draft, destination, overwrite: true);
            return new(destination, Digest.FromHash(hash.GetHashAndReset()), diffId, size);
        }
        finally
        {
            System.IO.File.Delete(draft);
        }
    }
}
