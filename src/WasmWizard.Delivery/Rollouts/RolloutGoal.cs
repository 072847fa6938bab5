using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Rollouts;

/// <summary>What a person asked for, before the ledger has been asked what it means.</summary>
internal abstract record RolloutGoal
{
    private RolloutGoal()
    {
    }

    public abstract string Action { get; }

    public sealed record Deploy(Release Wanted) : RolloutGoal
    {
        public override string Action => LedgerActions.Deploy;
    }

    /// <param name="To">Null: the last healthy one before the serving one.</param>
    public sealed record Rollback(ReleaseId? To) : RolloutGoal
    {
        public override string Action => LedgerActions.Rollback;
    }

    public sealed record Stop : RolloutGoal
    {
        public override string Action => LedgerActions.Stop;
    }
}

/// <summary>What is to serve, or why there is no such thing.</summary>
/// <param name="Wanted">Null: nothing is to serve, or there are faults.</param>
internal sealed record GoalResolution(Release? Wanted, IReadOnlyList<Fault> Faults);
