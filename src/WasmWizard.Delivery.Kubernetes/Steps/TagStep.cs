using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Kubernetes.Steps;

/// <summary>The moving alias in the registry names the image that serves; for people, nothing is deployed by it.</summary>
internal sealed class TagStep(StepContext context) : IRolloutStep
{
    private string Alias => context.Options.Settings.Environment.ImageTag;

    public string Id => "tag";

    public StepKind Kind => StepKind.Tag;

    public string Subject => $"{context.Options.Repository}:{Alias}";

    public string Change => $"names {context.Release.Digest.Brief}";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        if (context.Options.Images is not { } images)
            return new StepState(true, "this run was given no registry to write to");
        var named = await images.Named(Alias, cancellation);
        return new StepState(named == context.Release.Digest, named is { } digest ? $"names {digest.Brief}" : "names nothing");
    }

    public Task Act(FencingToken token, CancellationToken cancellation) => context.Options.Images!.Name(Alias, context.Release.Digest, cancellation);
}
