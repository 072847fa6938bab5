using System.Formats.Tar;
using System.Text;
using System.Text.Json;
using WasmWizard.Delivery.Containers.Oci;

namespace WasmWizard.Delivery.Containers.Engines;

/// <summary>An image as one stream in the form that <c>docker load</c> takes; engines before 25 do not take OCI's layout.</summary>
public static class DockerArchive
{
    /// <param name="image">What is written.</param>
    /// <param name="names">With tags, e.g. <c>wasm-wizard:research</c>.</param>
    /// <param name="destination">Gets the tar.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task WriteAsync(ImageLayout image, IReadOnlyList<string> names, Stream destination, CancellationToken cancellation = default)
    {
        await using var tar = new TarWriter(destination, TarEntryFormat.Ustar, leaveOpen: true);
        foreach (var blob in image.Blobs.DistinctBy(blob => blob.Digest))
        {
            await using var content = File.OpenRead(image.PathOf(blob));
            await tar.WriteEntryAsync(Entry(NameOf(image, blob), content), cancellation);
        }

        var document = JsonSerializer.Serialize(new[]
        {
            new { Config = NameOf(image, image.Manifest.Config), RepoTags = names, Layers = image.Manifest.Layers.Select(layer => NameOf(image, layer)) },
        });
        await using var manifest = new MemoryStream(Encoding.UTF8.GetBytes(document));
        await tar.WriteEntryAsync(Entry("manifest.json", manifest), cancellation);
    }

    private static string NameOf(ImageLayout image, Descriptor blob) => blob.Digest == image.Manifest.Config.Digest ? $"{blob.Content.Hex}.json" : $"{blob.Content.Hex}.tar.gz";

    private static UstarTarEntry Entry(string name, Stream content) => new(TarEntryType.RegularFile, name) { DataStream = content, ModificationTime = DateTimeOffset.UnixEpoch };
}
