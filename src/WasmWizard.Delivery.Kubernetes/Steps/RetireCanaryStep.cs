using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Kubernetes.Steps;

/// <summary>
/// Nothing is tried any more. The canary's Deployment stays with no pods: what is there bears the fencing token, and somebody who lost the lock
/// cannot make it anew.
/// </summary>
/// <param name="context">Of the rollout.</param>
/// <param name="kind">Last on the way forward; before the pods that come back on the way back.</param>
internal sealed class RetireCanaryStep(StepContext context, StepKind kind) : IRolloutStep
{
    public string Id => "retire-canary";

    public StepKind Kind => kind;

    public string Subject => context.Canary.ToString();

    public string Change => "no pods; its requests finish";

    public async Task<StepState> Observe(CancellationToken cancellation) => await context.Pods.Deployment(Names.Canary, cancellation) switch
    {
        null => new StepState(true, "there is none"),
        { Spec.Replicas: 0 } => new StepState(true, "it has no pods"),
        var live => new StepState(false, $"it has {live.Spec.Replicas} pods"),
    };

    public Task Act(FencingToken token, CancellationToken cancellation) => context.Objects.Edit(token, context.Canary, live =>
    {
        if (live["spec"]!["replicas"]?.GetValue<int>() == 0)
            return false;
        live["spec"]!["replicas"] = 0;
        return true;
    }, cancellation);
}
