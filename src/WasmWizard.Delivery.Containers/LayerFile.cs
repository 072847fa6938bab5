using System.Security.Cryptography;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Containers;

/// <summary>Writes a layer's tar so that it appears only when it is whole and on disk.</summary>
internal static class LayerFile
{
    /// <returns>SHA-256 of the uncompressed tar, which is the layer's diff id.</returns>
    public static async Task<Digest> Write(IReadOnlyList<LayerEntry> entries, string destination, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(destination))!);
        var draft = $"{destination}.{Path.GetRandomFileName()}";
        try
        {
            Digest digest;
            await using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                await using (var hashed = new HashedStream(file, hash))
                    await LayerTar.Write(entries, hashed, cancellation);
                file.Flush(flushToDisk: true);
                digest = Digest.FromHash(hash.GetHashAndReset());
            }

            File.Move(draft, destination, overwrite: true);
            return digest;
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
