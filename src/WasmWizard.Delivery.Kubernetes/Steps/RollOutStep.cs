using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Kubernetes.Rollouts;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Kubernetes.Steps;

/// <summary>Every pod is of the release: one more is started, one old one ends when the new one is ready, until none is left.</summary>
internal sealed class RollOutStep : IRolloutStep
{
    /// <summary>On the way back the pods that were tried make room by ending, which takes their grace period and a little.</summary>
    private static readonly TimeSpan WhilePodsEnd = TimeSpan.FromSeconds(60);

    private readonly StepContext _context;

    private RollOutStep(StepContext context, string change) => (_context, Change) = (context, change);

    public string Id => "roll-out";

    public StepKind Kind => StepKind.TakeOver;

    public string Subject => _context.Stable.ToString();

    public string Change { get; }

    public static async Task<IRolloutStep> Plan(StepContext context, CancellationToken cancellation) =>
        new RollOutStep(context, ApplyStep.Describe(await context.Objects.Difference(context.Wanted.Stable, cancellation)));

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        var difference = await _context.Objects.Difference(_context.Wanted.Stable, cancellation);
        if (difference is not [])
            return new StepState(false, ApplyStep.Describe(difference));
        var progress = RolloutProgress.Of((await _context.Pods.Deployment(Names.Product, cancellation))!);
        return new StepState(progress.IsComplete, progress.Fact);
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        _context.TookOver = true;
        await _context.Objects.Apply(token, _context.Wanted.Stable, cancellation);
        await _context.Objects.ScaleUp(token, _context.Stable, _context.Options.Settings.Environment.Scaling.Least, cancellation);
        await _context.Waiting.Until(Names.Product, Labels.Stable, _context.Id, _context.Options.RollOutWithin, _context.IsBack ? WhilePodsEnd : TimeSpan.Zero, cancellation);
    }
}
