using System.Security.Cryptography;
using System.Text.Json;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Containers.Oci;

/// <summary>Packed layers that are kept between builds. What is kept is hashed again before it is used; a damaged layer is none.</summary>
/// <param name="folder">Safe for several runs at once: a layer's description appears after its bytes, and both by a rename.</param>
public sealed class LayerCache(string folder)
{
    /// <summary>Null when it is not there, or not whole.</summary>
    /// <param name="key">A word for files.</param>
    public PackedLayer? Find(string key)
    {
        var (bytes, description) = PathsOf(key);
        if (!File.Exists(bytes) || !File.Exists(description))
            return null;
        try
        {
            var kept = JsonSerializer.Deserialize<Description>(File.ReadAllBytes(description))!;
            using var stream = File.OpenRead(bytes);
            var digest = Digest.FromHash(SHA256.HashData(stream));
            return digest.ToString() == kept.Digest && Digest.TryParse(kept.DiffId, out var diffId) ? new(bytes, digest, diffId, stream.Length) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Compresses a tar and keeps it.</summary>
    /// <param name="key">A word for files.</param>
    /// <param name="tar">The layer.</param>
    /// <param name="diffId">Its hash.</param>
    /// <param name="cancellation">Ends it; nothing is left behind.</param>
    public async Task<PackedLayer> KeepAsync(string key, string tar, Digest diffId, CancellationToken cancellation = default)
    {
        var layer = await PackedLayer.CompressAsync(tar, diffId, PathsOf(key).Bytes, cancellation);
        Describe(key, layer.Digest, diffId);
        return layer;
    }

    /// <summary>Keeps a layer that was compressed elsewhere, and whose hashes were compared.</summary>
    /// <param name="key">A word for files.</param>
    /// <param name="file">Moved here.</param>
    /// <param name="diffId">Of the tar in it.</param>
    public PackedLayer Adopt(string key, string file, Digest diffId)
    {
        var bytes = PathsOf(key).Bytes;
        Digest digest;
        using (var stream = File.OpenRead(file))
            digest = Digest.FromHash(SHA256.HashData(stream));
        Directory.CreateDirectory(folder);
        File.Move(file, bytes, overwrite: true);
        Describe(key, digest, diffId);
        return new(bytes, digest, diffId, new FileInfo(bytes).Length);
    }

    private void Describe(string key, Digest digest, Digest diffId)
    {
        var description = PathsOf(key).Description;
        var half = $"{description}.{Path.GetRandomFileName()}";
        File.WriteAllBytes(half, JsonSerializer.SerializeToUtf8Bytes(new Description(digest.ToString(), diffId.ToString())));
        File.Move(half, description, overwrite: true);
    }

    private (string Bytes, string Description) PathsOf(string key) => (Path.Combine(folder, $"{key}.tar.gz"), Path.Combine(folder, $"{key}.json"));

    private sealed record Description(string Digest, string DiffId);
}
