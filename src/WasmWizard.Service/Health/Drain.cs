using WasmWizard.Service.Executions;

namespace WasmWizard.Service.Health;

/// <summary>
/// The way out. At SIGTERM readiness turns false first, while the addresses stay open and requests are still served: whoever
/// routes traffic sees it and goes elsewhere, and nobody is cut off. When no guest runs any more, or the longest that one may run
/// has passed, the server closes.
/// </summary>
internal sealed partial class Drain(Executor executor, TimeSpan longest, ILogger<Drain> logger) : IHostedLifecycleService
{
    public bool Started { get; private set; }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        Started = true;
        LogDraining(executor.Running, executor.Queued);
        var idle = executor.WhenIdle();
        if (await Task.WhenAny(idle, Task.Delay(longest, cancellationToken)) != idle)
            LogForced(executor.Running);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(3001, LogLevel.Information, "Stopping: not ready any more; {Running} executions run, {Queued} wait.")]
    private partial void LogDraining(int running, int queued);

    [LoggerMessage(3002, LogLevel.Warning, "Stopping by force: {Running} executions still run after the longest time that one may take.")]
    private partial void LogForced(int running);
}
