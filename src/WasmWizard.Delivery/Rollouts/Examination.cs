using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Rollouts;

/// <summary>A look at everything that a rollout depends on; nothing is changed by it.</summary>
internal abstract record Examination
{
    private Examination()
    {
    }

    public sealed record Faulty(IReadOnlyList<Fault> Faults) : Examination;

    /// <param name="Wanted">What is to serve; null: nothing.</param>
    public sealed record Ready(
        Release? Wanted, RolloutHistory History, Observation Observation, IReadOnlyList<IRolloutStep> Steps, Plan Plan) : Examination
    {
        /// <summary>
        /// Nothing is left to do, and the ledger tells the same story. An open rollout, or a last one that got stuck, is a story that
        /// wants an end, so then the rollout runs although every step may hold.
        /// </summary>
        public bool IsUnchanged =>
            Plan.IsUnchanged
            && Observation.Serving?.Id == Wanted?.Id
            && History.Serving == Wanted?.Id
            && !History.Open.Any()
            && History.LastClosed?.Outcome != LedgerOutcomes.Stuck;
    }
}
