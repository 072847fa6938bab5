using WasmWizard.Delivery.Compose.Engine;
using WasmWizard.Delivery.Containers.Engines;
using WasmWizard.Delivery.Containers.Oci;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Compose;

/// <summary>Images from a layout on disk, sent to the engine as they are: what was scanned is what runs, and no registry is needed.</summary>
public sealed class LayoutImages(ImageLayout layout) : IImageSource
{
    public async Task Provide(Release release, string name, EngineClient engine, CancellationToken cancellation)
    {
        if (layout.Digest != release.Digest)
            throw new StepFailedException($"The image at hand is {layout.Digest}; the release is of {release.Digest}. Next: ./build.sh Image");
        var file = Path.GetTempFileName();
        await using var archive = new FileStream(file, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        await DockerArchive.WriteAsync(layout, [name], archive, cancellation);
        archive.Position = 0;
        await engine.Send(HttpMethod.Post, "/images/load?quiet=1", archive, cancellation);
        var held = (await engine.Find($"/images/{name}/json", cancellation))?["Id"]?.GetValue<string>();
        if (held != layout.Manifest.Config.Digest)
            throw new StepFailedException($"The engine holds {held ?? "nothing"} as {name}; required: {layout.Manifest.Config.Digest}.");
    }
}
