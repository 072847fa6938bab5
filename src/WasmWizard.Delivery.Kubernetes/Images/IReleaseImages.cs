using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Kubernetes.Images;

/// <summary>The registry that a release's image is in.</summary>
public interface IReleaseImages
{
    /// <summary>Null when the registry holds exactly this image; otherwise what it answered.</summary>
    Task<string?> WhyNot(Digest image, CancellationToken cancellation);

    /// <summary>What an alias names; null when it names nothing.</summary>
    Task<Digest?> Named(string alias, CancellationToken cancellation);

    /// <summary>Lets an alias name an image that is there already; no byte of it is sent.</summary>
    Task Name(string alias, Digest image, CancellationToken cancellation);
}
