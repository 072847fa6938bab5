using WasmWizard.Delivery.Backups;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Postgres.Servers;

namespace WasmWizard.Delivery.Postgres.Rollouts;

/// <summary>Runs the release's own <c>migrate</c>, the only runner of migrations there is.</summary>
internal sealed class MigrateStep(DatabaseRollout rollout) : IRolloutStep
{
    public string Id => "migrate";

    public StepKind Kind => StepKind.Migrate;

    public string Subject => "database";

    public string Change => rollout.Planned.Count == 0 ? "nothing to apply" : $"apply {string.Join(", ", rollout.Planned)}";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        var look = await rollout.Look(cancellation);
        return look.Pending.Count == 0
            ? new(true, "every migration of the release is applied")
            : new(false, $"pending: {string.Join(", ", look.Pending)}");
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        var look = await rollout.Look(cancellation);
        var database = look.Database ?? throw new StepFailedException("There is no database to migrate; required: the environment's own.");
        // Without any migration there is nothing of ours in it that a backup could bring back.
        if (look.Applied.Count == 0)
            await rollout.Migrate(database, cancellation);
        else
            await Migrate(rollout.Backup ?? throw new StepFailedException("There is no proven backup of this run, so nothing was migrated."), database, cancellation);
    }

    /// <param name="backup">What the database can be brought back from; its existence is the condition.</param>
    /// <param name="database">What is migrated.</param>
    /// <param name="cancellation">Ends the migration under way; it is then not applied.</param>
    private Task Migrate(VerifiedBackup backup, PostgresAddress database, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(backup);
        return rollout.Migrate(database, cancellation);
    }
}
