using System.Text;
using WasmWizard.Delivery.Backups;
using WasmWizard.Delivery.Local.Protocol.Files;
using WasmWizard.Delivery.Local.Protocol.Processes;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Local.Steps;

/// <summary>Runs the release's own <c>migrate</c>, the only runner of migrations there is.</summary>
internal sealed class MigrateStep(StepContext context) : IRolloutStep
{
    private const string Name = "migrate";
    private const int LogLines = 20;

    private readonly string _change = context.PendingMigrations() is { Count: > 0 } pending ? $"apply {string.Join(", ", pending)}" : "nothing to apply";

    public string Id => Name;

    public StepKind Kind => StepKind.Migrate;

    public string Subject => $"database {context.State.Database}";

    public string Change => _change;

    private string Folder => Path.Combine(context.State.Folder, Name);

    /// <summary>Unlike the marks of instances, so that no front looks after it.</summary>
    private string Mark => $"{context.State.Folder}!{Name}";

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
        context.State.Create();
        Folders.Create(Folder);
        var intent = Path.Combine(Folder, MarkedProcess.Intent);
        // What a killed run left migrating is ended first; each migration is one transaction, so it is applied or it is not.
        File.Delete(intent);
        MarkedProcess.EndAll(mark => mark == Mark);
        AtomicFile.Write(intent, Encoding.UTF8.GetBytes($"{{\"release\":\"{context.Id}\"}}"));
        try
        {
            await RunToEnd(cancellation);
        }
        finally
        {
            File.Delete(intent);
        }
    }

    private async Task RunToEnd(CancellationToken cancellation)
    {
        var environment = CleanEnvironment.FromThisProcess();
        foreach (var (name, value) in context.Variables())
            environment[name] = value;
        var log = context.State.Front.LogOf(Name);
        File.Delete(log);
        using var process = MarkedProcess.Start(new Launch(Mark, Folder, [context.Program, Name], context.State.Data, environment, log));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(context.Options.MigrateWithin);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
            throw new StepFailedException($"The migration did not end within {context.Options.MigrateWithin.TotalMinutes:0} min and was ended; what it had not committed is not applied.");
        }

        if (process.ExitCode != 0)
        {
            var said = string.Join(Environment.NewLine, LogFile.Tail(log, LogLines));
            throw new StepFailedException($"{context.Options.Program} migrate ended with exit code {process.ExitCode}; required: 0. It said: {said}");
        }
    }
}
