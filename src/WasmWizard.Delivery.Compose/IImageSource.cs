using WasmWizard.Delivery.Compose.Engine;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Compose;

/// <summary>Where a release's image comes from: a layout on disk, a registry.</summary>
public interface IImageSource
{
    /// <summary>Makes the engine hold exactly this image under this name; idempotent. Throws where it cannot be had or is another one.</summary>
    Task Provide(Release release, string name, EngineClient engine, CancellationToken cancellation);
}
