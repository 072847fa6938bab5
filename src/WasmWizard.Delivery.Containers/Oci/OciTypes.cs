using System.Text.Json.Serialization;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Containers.Oci;

/// <summary>Media types of OCI's image format (github.com/opencontainers/image-spec), and Docker's older names for the same.</summary>
public static class MediaTypes
{
    public const string Index = "application/vnd.oci.image.index.v1+json";
    public const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    public const string Configuration = "application/vnd.oci.image.config.v1+json";
    public const string Layer = "application/vnd.oci.image.layer.v1.tar+gzip";
    public const string DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";

    /// <summary>What a registry is asked for.</summary>
    public static readonly IReadOnlyList<string> Manifests = [Manifest, Index, DockerManifest, DockerList];
}

/// <summary>Names content by type, hash and length.</summary>
public sealed record Descriptor(string MediaType, string Digest, long Size)
{
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    public Platform? Platform { get; init; }

    [JsonIgnore]
    public Digest Content => Releases.Digest.Parse(Digest);
}

/// <summary>The kind of machine that an image runs on, in Go's words.</summary>
public sealed record Platform(string Architecture, [property: JsonPropertyName("os")] string System);

/// <summary>An image: its configuration and its layers, lowest first.</summary>
public sealed record Manifest(int SchemaVersion, string MediaType, Descriptor Config, IReadOnlyList<Descriptor> Layers)
{
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}

/// <summary>A choice of images.</summary>
public sealed record ImageIndex(int SchemaVersion, string MediaType, IReadOnlyList<Descriptor> Manifests);
