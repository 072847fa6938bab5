using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Postgres.Rollouts;

/// <summary>
/// Backs the database up before each deployment of another release, and before any migration. A run that goes on after a crash takes its own backup: data
/// has moved on since.
/// </summary>
internal sealed class BackUpStep(DatabaseRollout rollout) : IRolloutStep
{
    public string Id => "back-up";

    public StepKind Kind => StepKind.BackUp;

    public string Subject => "database";

    public string Change => rollout.Planned.Count == 0 ? "back up, restore and compare" : "back up, restore, compare, and try the migration on the copy";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        if (rollout.Backup is { Receipt: var receipt })
            return new(true, $"backup {receipt.Archive.Brief} of {receipt.Bytes} bytes and {receipt.Content.Tables.Count} tables is proven, restored in {receipt.RestoreTime.TotalSeconds:0.0} s");
        var look = await rollout.Look(cancellation);
        if (look.Database is null || look.Applied.Count == 0)
            return new(true, "no database yet, or one without a schema");
        return rollout.Serves && look.Pending.Count == 0
            ? new(true, "the release serves already and no migration is pending")
            : new(false, "there is no backup of this run");
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        var look = await rollout.Look(cancellation);
        await rollout.TakeBackup(look.Database ?? throw new StepFailedException("The database is gone; required: the one that was there a moment ago."), look.Pending.Count > 0, cancellation);
    }
}
