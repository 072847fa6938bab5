using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Local.Tests.Fixtures;

/// <summary>The local target with something put around the acts of its steps on the way forward, or before the look that decides about one.</summary>
internal sealed class DisturbedTarget(
    IRolloutTarget target, Func<IRolloutStep, Func<Task>, Task> around, Action<IRolloutStep>? beforeDeciding = null) : IRolloutTarget
{
    public Task<IReadOnlyList<Fault>> Preflight(Release wanted, CancellationToken cancellation) => target.Preflight(wanted, cancellation);

    public Task Fence(FencingToken token, CancellationToken cancellation) => target.Fence(token, cancellation);

    public Task<Observation> Observe(CancellationToken cancellation) => target.Observe(cancellation);

    public Task<IReadOnlyList<IRolloutStep>> Withdraw(CancellationToken cancellation) => target.Withdraw(cancellation);

    public async Task<IReadOnlyList<IRolloutStep>> Steps(Release wanted, Direction direction, CancellationToken cancellation)
    {
        var steps = await target.Steps(wanted, direction, cancellation);
        return direction is Direction.Forward ? [.. steps.Select(step => new Disturbed(step, around, beforeDeciding))] : steps;
    }

    private sealed class Disturbed(IRolloutStep step, Func<IRolloutStep, Func<Task>, Task> around, Action<IRolloutStep>? beforeDeciding) : IRolloutStep
    {
        private int _looks;

        public string Id => step.Id;

        public StepKind Kind => step.Kind;

        public string Subject => step.Subject;

        public string Change => step.Change;

        public Task<StepState> Observe(CancellationToken cancellation)
        {
            // The first look is the plan's; the second decides whether the step acts.
            if (++_looks == 2)
                beforeDeciding?.Invoke(step);
            return step.Observe(cancellation);
        }

        public Task Act(FencingToken token, CancellationToken cancellation) => around(step, () => step.Act(token, cancellation));
    }
}
