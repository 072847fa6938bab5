using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Kubernetes.Steps;

/// <summary>Backs the database up before its schema changes. A run that goes on after a crash takes its own backup: data has moved on since.</summary>
internal sealed class BackUpStep(StepContext context, IClusterBackups? backups) : IRolloutStep
{
    public string Id => "back-up";

    public StepKind Kind => StepKind.BackUp;

    public string Subject => "database";

    public string Change => "back up, restore and compare";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        if (context.Backup is { Receipt: var receipt })
            return new StepState(true, $"backup {receipt.Archive.Brief} of {receipt.Bytes} bytes and {receipt.Content.Tables.Count} tables is proven");
        var schema = await context.Schema(cancellation);
        if (schema.Pending(context.Release.Migrations, context.Wanted.Parts.SecretVersion).Count == 0)
            return new StepState(true, "no migration is pending");
        if (backups is null)
        {
            // Other secrets name the same database or one that nothing is known of: what was applied once is found applied, or there is nothing to lose.
            return schema.Migrations.Count == 0 || !context.Release.Migrations.Except(schema.Migrations).Any()
                ? new StepState(true, "no schema of ours is known to change here")
                : new StepState(false, "migrations are pending and nothing here can back the database up");
        }

        return await backups.HasContent(cancellation)
            ? new StepState(false, "migrations are pending and there is no backup of this run")
            : new StepState(true, "the database is empty");
    }

    public async Task Act(FencingToken token, CancellationToken cancellation) =>
        context.Backup = await (backups ?? throw new StepFailedException("Nothing here can back the database up, so nothing was migrated.")).Take(cancellation);
}
