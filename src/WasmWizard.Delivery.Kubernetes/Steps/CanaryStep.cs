using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Kubernetes.Rollouts;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Kubernetes.Steps;

/// <summary>One pod of the release takes its share of the requests beside those that serve.</summary>
internal sealed class CanaryStep(StepContext context) : IRolloutStep
{
    public string Id => "canary";

    public StepKind Kind => StepKind.Start;

    public string Subject => context.Canary.ToString();

    public string Change => $"one pod of release {context.Id} beside those that serve";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        if (await context.NeedsNoCanary(cancellation) is { } why)
            return new StepState(true, why);
        if (await context.Pods.Deployment(Names.Canary, cancellation) is not { } live || await context.Objects.Difference(context.Wanted.Canary!, cancellation) is not [])
            return new StepState(false, "no pod of the release is tried");
        var progress = RolloutProgress.Of(live);
        return new StepState(progress.IsComplete, progress.Fact);
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        await context.Objects.Apply(token, context.Wanted.Canary!, cancellation);
        await context.Waiting.Until(Names.Canary, Labels.Canary, context.Id, context.Options.RollOutWithin, TimeSpan.Zero, cancellation);
    }
}
