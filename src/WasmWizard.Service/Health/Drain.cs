using WasmWizard.Service.Executions;
using WasmWizard.Service.Logging;

namespace WasmWizard.Service.Health;

/// <summary>
/// The way out. At SIGTERM readiness turns false first, while the addresses stay open and requests are still served: whoever
/// routes traffic sees it and goes elsewhere, and nobody is cut off. When no guest runs any more, or the longest that one may run
/// has passed, the server closes.
/// </summary>
internal sealed class Drain(Executor executor, TimeSpan longest, ILogger<Drain> logger) : IHostedLifecycleService
{
    public bool Started { get; private set; }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        Started = true;
        logger.Draining(executor.Running, executor.Queued);
        var idle = executor.WhenIdle();
        if (await Task.WhenAny(idle, Task.Delay(longest, cancellationToken)) != idle)
            logger.DrainForced(executor.Running);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
