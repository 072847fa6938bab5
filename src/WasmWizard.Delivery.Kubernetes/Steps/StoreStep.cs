using WasmWizard.Delivery.Kubernetes.State;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Kubernetes.Steps;

/// <summary>The cluster keeps the release as a whole, so that it can be gone back to without this build.</summary>
internal sealed class StoreStep(StepContext context) : IRolloutStep
{
    public string Id => "store";

    public StepKind Kind => StepKind.Prepare;

    public string Subject => $"configmap/{StoredRelease.NameOf(context.Id)}";

    public string Change => $"keep release {context.Id} with its {context.Wanted.Stored.Manifests.Count} manifests";

    public async Task<StepState> Observe(CancellationToken cancellation) => await context.Releases.Load(context.Id, cancellation) switch
    {
        null => new StepState(false, "it is not kept"),
        { } kept when kept.ToObject(context.Space).ToJsonString() != context.Wanted.Stored.ToObject(context.Space).ToJsonString() => new StepState(false, "it is kept in another form"),
        _ => new StepState(true, "it is kept"),
    };

    public Task Act(FencingToken token, CancellationToken cancellation) => context.Objects.Apply(token, context.Wanted.Stored.ToObject(context.Space), cancellation);
}
