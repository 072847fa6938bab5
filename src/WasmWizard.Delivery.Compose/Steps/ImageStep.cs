using WasmWizard.Delivery.Compose.Stack;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Compose.Steps;

/// <summary>The engine holds the release's image, named by its digest.</summary>
internal sealed class ImageStep(ComposeContext context, Release release, IImageSource? source) : IRolloutStep
{
    public string Id => "image";

    public StepKind Kind => StepKind.Prepare;

    public string Subject => $"image {release.Digest.Brief}";

    public string Change => "bring to the engine";

    public async Task<StepState> Observe(CancellationToken cancellation) =>
        await context.Engine.Find($"/images/{Specifications.ImageOf(release.Digest)}/json", cancellation) is null
            ? new(false, "the engine does not have it")
            : new(true, "the engine has it");

    public Task Act(FencingToken token, CancellationToken cancellation) => source is null
        ? throw new StepFailedException($"The engine does not have the image {release.Digest} any more, and only stored releases were asked for. Next: deploy the release's commit again.")
        : source.Provide(release, Specifications.ImageOf(release.Digest), context.Engine, cancellation);
}
