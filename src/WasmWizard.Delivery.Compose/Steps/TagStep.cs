using WasmWizard.Delivery.Compose.Stack;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Compose.Steps;

/// <summary>The moving alias names the image on the engine; what people start by hand is then what was proven. Nothing is deployed by it.</summary>
internal sealed class TagStep(ComposeContext context, Release release) : IRolloutStep
{
    private string Alias => $"{ComposeLayout.Service}:{context.Stack.Environment.ImageTag}";

    public string Id => "tag";

    public StepKind Kind => StepKind.Tag;

    public string Subject => $"tag {Alias}";

    public string Change => $"names {release.Digest.Brief}";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        var named = (await context.Engine.Find($"/images/{Alias}/json", cancellation))?[nameof(Id)]?.GetValue<string>();
        var wanted = (await context.Engine.Find($"/images/{Specifications.ImageOf(release.Digest)}/json", cancellation))?[nameof(Id)]?.GetValue<string>();
        if (named is null)
            return new(false, "names nothing");
        return named == wanted ? new(true, Change) : new(false, "names another image");
    }

    public async Task Act(FencingToken token, CancellationToken cancellation) =>
        await context.Engine.Post($"/images/{Specifications.ImageOf(release.Digest)}/tag?repo={ComposeLayout.Service}&tag={context.Stack.Environment.ImageTag}", null, cancellation);
}
