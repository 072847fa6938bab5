using System.IO.Compression;
using System.Security.Cryptography;
using WasmWizard.Delivery.Containers.Oci;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Containers.Registries;

/// <summary>Brings an image of a registry here to build on.</summary>
public static class BasePull
{
    private const string Fix = "name another image with --base-image";

    /// <param name="registry">Where it lies.</param>
    /// <param name="image">By its digest; a choice of images gives the one for this machine.</param>
    /// <param name="architecture">In Go's words.</param>
    /// <param name="layers">Where its layers are kept.</param>
    /// <param name="work">A folder for a layer on its way.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ImageException">The registry does not give it, or it is not for this machine.</exception>
    public static async Task<ImageBase> PullBaseAsync(
        this Registry registry, ImageReference image, string architecture, LayerCache layers, string work, CancellationToken cancellation)
    {
        var digest = image.Digest ?? throw new ImageException($"{image} has no digest", Fix);
        var bytes = await registry.ReadAsync(image, manifest: true, digest, cancellation);
        if (OciJson.Read<Kind>(bytes, image.ToString()).Manifests is not null)
        {
            var choice = OciJson.Read<ImageIndex>(bytes, image.ToString()).Manifests.FirstOrDefault(one => one.Platform is { System: "linux" } platform && platform.Architecture == architecture)
                ?? throw new ImageException($"{image} has no image for linux/{architecture}", Fix);
            bytes = await registry.ReadAsync(image, manifest: true, choice.Content, cancellation);
        }

        var manifest = OciJson.Read<Manifest>(bytes, image.ToString());
        var configuration = OciJson.Read<Configuration>(await registry.ReadAsync(image, manifest: false, manifest.Config.Content, cancellation), $"the configuration of {image}");
        if (configuration.Architecture != architecture || configuration.Rootfs.DiffIds.Count != manifest.Layers.Count)
            throw new ImageException($"{image} is for {configuration.Architecture} with {configuration.Rootfs.DiffIds.Count} of {manifest.Layers.Count} layers described; one for {architecture} is required", Fix);
        var packed = new List<PackedLayer>();
        foreach (var (layer, diffId) in manifest.Layers.Zip(configuration.Rootfs.DiffIds))
            packed.Add(layers.Find(layer.Content.Hex) ?? await FetchAsync(registry, image, layer, diffId, layers, work, cancellation));
        return new(digest, architecture, packed);
    }

    private static async Task<PackedLayer> FetchAsync(
        Registry registry, ImageReference image, Descriptor layer, string diffId, LayerCache layers, string work, CancellationToken cancellation)
    {
        if (!layer.MediaType.EndsWith("gzip", StringComparison.Ordinal) || !Digest.TryParse(diffId, out var wanted))
            throw new ImageException($"{image} has a layer of type {layer.MediaType}; gzip is required", Fix);
        var file = Path.Combine(work, $"{layer.Content.Hex}.{Path.GetRandomFileName()}");
        await registry.DownloadAsync(image, layer, file, cancellation);
        try
        {
            await using (var gzip = new GZipStream(File.OpenRead(file), CompressionMode.Decompress))
                if (Digest.FromHash(await SHA256.HashDataAsync(gzip, cancellation)) != wanted)
                    throw new ImageException($"the layer {layer.Digest} of {image} is not the one that its configuration names", Fix);
            return layers.Adopt(layer.Content.Hex, file, wanted);
        }
        catch (InvalidDataException problem)
        {
            throw new ImageException($"the layer {layer.Digest} of {image} is not whole: {problem.Message}", Fix, problem);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private sealed record Kind(IReadOnlyList<Descriptor>? Manifests = null);

    private sealed record Configuration(string Architecture, RootDocument Rootfs);
}
