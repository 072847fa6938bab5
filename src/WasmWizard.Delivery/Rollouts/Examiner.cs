using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Rollouts;

/// <summary>Looks before the lock and again under it, so that a plan shown and a plan executed are made in one way.</summary>
internal sealed class Examiner(RolloutPorts ports, RolloutOptions options)
{
    public async Task<Examination> Examine(RolloutGoal goal, LedgerReading reading, CancellationToken cancellation)
    {
        var observation = await ports.Target.Observe(cancellation);
        var resolution = await Resolve(goal, reading, observation, cancellation);
        var faults = resolution.Faults.ToList();
        if (resolution.Wanted is { } release)
        {
            faults.AddRange(await ports.Target.Preflight(release, cancellation));
        }

        if (reading is not LedgerReading.Whole whole || faults.Count > 0)
        {
            return new Examination.Faulty(faults);
        }

        var steps = await Steps(goal, resolution.Wanted, cancellation);
        var planned = new List<PlannedStep>();
        foreach (var step in steps)
        {
            var state = await step.Observe(cancellation);
            planned.Add(new PlannedStep(step.Id, step.Kind, step.Subject, step.Change, state.Holds));
        }

        var plan = new Plan(options.Environment, goal.Action, observation.Serving?.Id, resolution.Wanted?.Id, planned);
        return new Examination.Ready(resolution.Wanted, RolloutHistory.Of(whole.Chain), observation, steps, plan);
    }

    private async Task<GoalResolution> Resolve(RolloutGoal goal, LedgerReading reading, Observation observation, CancellationToken cancellation)
    {
        var broken = reading is LedgerReading.Broken { At: var at } ? new Fault("WW3040", at.Observed, at.Required, at.Next) : null;
        return (goal, reading) switch
        {
            (RolloutGoal.Rollback rollback, LedgerReading.Whole whole) => RollbackChoice.Decide(
                rollback.To, RolloutHistory.Of(whole.Chain), observation.Serving?.Id, await ports.Releases.All(cancellation), options.Branch),
            (RolloutGoal.Deploy deploy, _) => new GoalResolution(deploy.Wanted, broken is null ? [] : [broken]),
            _ => new GoalResolution(null, broken is null ? [] : [broken]),
        };
    }

    private Task<IReadOnlyList<IRolloutStep>> Steps(RolloutGoal goal, Release? wanted, CancellationToken cancellation) => (goal, wanted) switch
    {
        (RolloutGoal.Deploy, { } release) => ports.Target.Steps(release, Direction.Forward, cancellation),
        (_, { } release) => ports.Target.Steps(release, Direction.Back, cancellation),
        _ => ports.Target.Withdraw(cancellation),
    };
}
