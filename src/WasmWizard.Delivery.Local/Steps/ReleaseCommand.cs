using System.Text;
using WasmWizard.Delivery.Local.Protocol.Files;
using WasmWizard.Delivery.Local.Protocol.Processes;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Local.Steps;

/// <summary>A command of the release's own program that does one thing and ends. What a killed run left running is ended first.</summary>
/// <param name="context">The rollout.</param>
/// <param name="name">Names the log and the mark, e.g. <c>migrate</c>.</param>
internal sealed class ReleaseCommand(StepContext context, string name)
{
    private const int LogLines = 20;

    private string Folder => Path.Combine(context.State.Folder, name);

    /// <summary>Unlike the marks of instances, so that no front looks after it.</summary>
    private string Mark => $"{context.State.Folder}!{name}";

    /// <summary>Its exit code, and the end of what it said.</summary>
    /// <param name="arguments">What follows the program.</param>
    /// <param name="within">After this long it is ended.</param>
    /// <param name="cancellation">Ends it as well.</param>
    public async Task<(int ExitCode, string Said)> Run(IReadOnlyList<string> arguments, TimeSpan within, CancellationToken cancellation)
    {
        context.State.Create();
        Folders.Create(Folder);
        var intent = Path.Combine(Folder, MarkedProcess.Intent);
        File.Delete(intent);
        MarkedProcess.EndAll(mark => mark == Mark);
        AtomicFile.Write(intent, Encoding.UTF8.GetBytes($"{{\"release\":\"{context.Id}\"}}"));
        try
        {
            return await RunToEnd(arguments, within, cancellation);
        }
        finally
        {
            File.Delete(intent);
        }
    }

    private async Task<(int ExitCode, string Said)> RunToEnd(IReadOnlyList<string> arguments, TimeSpan within, CancellationToken cancellation)
    {
        var environment = CleanEnvironment.FromThisProcess();
        foreach (var (variable, value) in context.Variables())
            environment[variable] = value;
        var log = context.State.Front.LogOf(name);
        File.Delete(log);
        using var process = MarkedProcess.Start(new Launch(Mark, Folder, [context.Program, .. arguments], context.State.Data, environment, log));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(within);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
            throw new StepFailedException($"{context.Options.Program} {name} did not end within {within.TotalMinutes:0.#} min and was ended; what it had not committed did not happen.");
        }

        return (process.ExitCode, string.Join(Environment.NewLine, LogFile.Tail(log, LogLines)));
    }
}
