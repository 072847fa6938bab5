using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Containers.Oci;

/// <summary>What the application layer is stacked on.</summary>
/// <param name="Digest">Of the base as a whole: the only layer's diff id, or the digest under which a registry knows the image.</param>
/// <param name="Architecture">In Go's words.</param>
/// <param name="Layers">Lowest first.</param>
public sealed record ImageBase(Digest Digest, string Architecture, IReadOnlyList<PackedLayer> Layers);
