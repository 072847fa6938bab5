using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Local.Steps;

/// <summary>Backs the database up before its schema changes. A run that goes on after a crash takes its own backup: data has moved on since.</summary>
internal sealed class BackUpStep(StepContext context) : IRolloutStep
{
    public string Id => "back-up";

    public StepKind Kind => StepKind.BackUp;

    public string Subject => $"database {context.State.Database}";

    public string Change => "back up, restore and compare";

    public Task<StepState> Observe(CancellationToken cancellation) => Task.FromResult(State());

    public Task Act(FencingToken token, CancellationToken cancellation)
    {
        context.Backup = context.Backups.Take(cancellation);
        return Task.CompletedTask;
    }

    private StepState State()
    {
        if (context.Backup is { Receipt: var receipt })
            return new StepState(true, $"backup {receipt.Archive.Brief} of {receipt.Bytes} bytes and {receipt.Content.Tables.Count} tables is proven");
        if (context.PendingMigrations().Count == 0)
            return new StepState(true, "no migration is pending");
        return context.Backups.HasContent()
            ? new StepState(false, "migrations are pending and there is no backup of this run")
            : new StepState(true, "no database yet");
    }
}
