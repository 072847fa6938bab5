using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Containers.Oci;

/// <summary>An image on disk in OCI's layout: a folder with an index and blobs named by their hashes.</summary>
public sealed class ImageLayout
{
    private const string Marker = """{"imageLayoutVersion":"1.0.0"}""";
    private const string Again = "./build.sh Image";

    private ImageLayout(string folder, Descriptor image, Manifest manifest) => (Folder, Image, Manifest) = (folder, image, manifest);

    public string Folder { get; }

    /// <summary>What the index names: the manifest's digest is the image's.</summary>
    public Descriptor Image { get; }

    public Manifest Manifest { get; }

    /// <summary>The digest that is deployed.</summary>
    public Digest Digest => Image.Content;

    /// <summary>Everything that a registry needs before the manifest, the configuration included.</summary>
    public IEnumerable<Descriptor> Blobs => [Manifest.Config, .. Manifest.Layers];

    /// <summary>Lays an image out; the folder is there whole or not at all.</summary>
    /// <param name="folder">Replaced.</param>
    /// <param name="settings">How it is started.</param>
    /// <param name="architecture">In Go's words.</param>
    /// <param name="layers">Lowest first.</param>
    /// <param name="annotations">Facts about this build, e.g. the commit. They stand beside the image, in the index, and are no part of its digest.</param>
    public static ImageLayout Write(string folder, ImageSettings settings, string architecture, IReadOnlyList<PackedLayer> layers, IReadOnlyDictionary<string, string> annotations)
    {
        var parent = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(folder))!).FullName;
        var draft = Path.Combine(parent, $".{Path.GetFileName(folder)}.{Path.GetRandomFileName()}");
        try
        {
            var blobs = Directory.CreateDirectory(Path.Combine(draft, "blobs", "sha256")).FullName;
            foreach (var layer in layers)
                File.Copy(layer.File, Path.Combine(blobs, layer.Digest.Hex), overwrite: true);
            var configuration = Keep(blobs, MediaTypes.Configuration, settings.ToConfiguration(architecture, layers.Select(layer => layer.DiffId)));
            var manifest = new Manifest(2, MediaTypes.Manifest, configuration, [.. layers.Select(layer => layer.Descriptor)])
            {
                Annotations = settings.Labels.Count == 0 ? null : new SortedDictionary<string, string>(settings.Labels.ToDictionary(), StringComparer.Ordinal),
            };
            var image = Keep(blobs, MediaTypes.Manifest, OciJson.Write(manifest)) with
            {
                Annotations = new SortedDictionary<string, string>(annotations.ToDictionary(), StringComparer.Ordinal),
                Platform = new(architecture, "linux"),
            };
            File.WriteAllBytes(Path.Combine(draft, "index.json"), OciJson.Write(new ImageIndex(2, MediaTypes.Index, [image])));
            File.WriteAllText(Path.Combine(draft, "oci-layout"), Marker);
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            Directory.Move(draft, folder);
            return new(folder, image, manifest);
        }
        finally
        {
            if (Directory.Exists(draft))
                Directory.Delete(draft, recursive: true);
        }
    }

    /// <exception cref="ImageException">There is none, it is not whole, or its manifest is not the one that the index names.</exception>
    public static ImageLayout Open(string folder)
    {
        var index = Path.Combine(folder, "index.json");
        if (!File.Exists(index))
            throw new ImageException($"{folder} holds no image", Again);
        var image = OciJson.Read<ImageIndex>(File.ReadAllBytes(index), index).Manifests is [var only]
            ? only
            : throw new ImageException($"{index} must name one image", Again);
        var bytes = ReadBlob(folder, image);
        return new(folder, image, OciJson.Read<Manifest>(bytes, $"the manifest {image.Digest}"));
    }

    public string PathOf(Descriptor blob) => Path.Combine(Folder, "blobs", "sha256", blob.Content.Hex);

    /// <summary>The bytes of a small blob, compared with the hash that names them.</summary>
    /// <exception cref="ImageException">It is missing or has other bytes.</exception>
    public byte[] Read(Descriptor blob) => ReadBlob(Folder, blob);

    private static byte[] ReadBlob(string folder, Descriptor blob)
    {
        if (!Digest.TryParse(blob.Digest, out var digest))
            throw new ImageException($"{folder} names '{blob.Digest}', which is no digest", Again);
        var path = Path.Combine(folder, "blobs", "sha256", digest.Hex);
        var bytes = File.Exists(path) ? File.ReadAllBytes(path) : throw new ImageException($"{folder} lacks the blob {digest}", Again);
        return Digest.Of(bytes) == digest ? bytes : throw new ImageException($"the blob {digest} in {folder} has other bytes than its name says", Again);
    }

    private static Descriptor Keep(string blobs, string mediaType, byte[] bytes)
    {
        var digest = Digest.Of(bytes);
        File.WriteAllBytes(Path.Combine(blobs, digest.Hex), bytes);
        return new(mediaType, digest.ToString(), bytes.Length);
    }
}
