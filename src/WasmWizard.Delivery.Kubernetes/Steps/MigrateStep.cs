using WasmWizard.Delivery.Backups;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Kubernetes.Steps;

/// <summary>Runs the release's own <c>migrate</c> as a Job, the only runner of migrations there is.</summary>
internal sealed class MigrateStep : IRolloutStep
{
    private const string Name = "migrate";

    private readonly StepContext _context;

    private MigrateStep(StepContext context, string change) => (_context, Change) = (context, change);

    public string Id => Name;

    public StepKind Kind => StepKind.Migrate;

    public string Subject => "database";

    public string Change { get; }

    public static async Task<IRolloutStep> Plan(StepContext context, CancellationToken cancellation)
    {
        var pending = (await context.Schema(cancellation)).Pending(context.Release.Migrations, context.Wanted.Parts.SecretVersion);
        return new MigrateStep(context, pending.Count > 0 ? $"apply {string.Join(", ", pending)} where they are not applied" : "nothing to apply");
    }

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        var pending = (await _context.Schema(cancellation)).Pending(_context.Release.Migrations, _context.Wanted.Parts.SecretVersion);
        return pending.Count == 0
            ? new StepState(true, "every migration of the release is applied")
            : new StepState(false, $"pending: {string.Join(", ", pending)}");
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        var schema = await _context.Schema(cancellation);
        if (schema.Migrations.Count == 0)
            await Run(token, cancellation);
        else
            await Migrate(_context.Backup, token, cancellation);
        var secrets = _context.Wanted.Parts.SecretVersion;
        var applied = schema with { Migrations = [.. schema.Migrations.Union(_context.Release.Migrations)], Database = secrets };
        await _context.Objects.Apply(token, applied.ToObject(_context.Space), cancellation);
    }

    /// <param name="backup">What the database can be brought back from; where it is known to hold something, its existence is the condition.</param>
    private async Task Migrate(VerifiedBackup? backup, FencingToken token, CancellationToken cancellation)
    {
        if (backup is null && _context.Options.Backups is { } backups && await backups.HasContent(cancellation))
            throw new StepFailedException("There is no proven backup of this run, so nothing was migrated.");
        await Run(token, cancellation);
    }

    // Each migration is one transaction under the database's own lock: what a killed run left is applied or it is not.
    private Task Run(FencingToken token, CancellationToken cancellation) =>
        new CommandJob(_context, Name).Run(token, [Name], null, _context.Options.MigrateWithin, cancellation);
}
