using WasmWizard.Delivery.Backups;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Local.Steps;

/// <summary>Runs the release's own <c>migrate</c>, the only runner of migrations there is.</summary>
internal sealed class MigrateStep(StepContext context) : IRolloutStep
{
    private const string Name = "migrate";

    private readonly string _change = context.PendingMigrations() is { Count: > 0 } pending ? $"apply {string.Join(", ", pending)}" : "nothing to apply";

    public string Id => Name;

    public StepKind Kind => StepKind.Migrate;

    public string Subject => $"database {context.State.Database}";

    public string Change => _change;

    public Task<StepState> Observe(CancellationToken cancellation)
    {
        var pending = context.PendingMigrations();
        return Task.FromResult(pending.Count == 0
            ? new StepState(true, "every migration of the release is applied")
            : new StepState(false, $"pending: {string.Join(", ", pending)}"));
    }

    public Task Act(FencingToken token, CancellationToken cancellation) => context.Backups.HasContent()
        ? Migrate(context.Backup ?? throw new StepFailedException("There is no proven backup of this run, so nothing was migrated."), cancellation)
        : Run(cancellation);

    /// <param name="backup">What the database can be brought back from; its existence is the condition.</param>
    /// <param name="cancellation">Ends the migration under way; it is then not applied.</param>
    private Task Migrate(VerifiedBackup backup, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(backup);
        return Run(cancellation);
    }

    private async Task Run(CancellationToken cancellation)
    {
        // Each migration is one transaction: what a killed run left is applied or it is not.
        var (exitCode, said) = await new ReleaseCommand(context, Name).Run([Name], context.Options.MigrateWithin, cancellation);
        if (exitCode != 0)
            throw new StepFailedException($"{context.Options.Program} migrate ended with exit code {exitCode}; required: 0. It said: {said}");
    }
}
