using WasmWizard.Service.Metrics;
using WasmWizard.Service.Modules;

namespace WasmWizard.Service.Executions;

/// <summary>
/// Takes requests to execute, lets them wait their turn, compiles or finds their modules, runs them, and counts what happened.
/// One for the process.
/// </summary>
public sealed class Executor : IDisposable
{
    /// <summary>Compiled modules kept: 256 of them or 512 MiB of machine code, whichever is reached first.</summary>
    private const int CachedModules = 256;

    private const long CachedBytes = 512L * 1024 * 1024;

    private readonly GuestEngine _engine;
    private readonly CompiledModuleCache _cache = new(CachedModules, CachedBytes);
    private readonly ModuleCompiler _compiler;
    private readonly Sandbox _sandbox;
    private readonly ExecutionPool _pool;
    private readonly CancellationTokenSource _force = new();
    private readonly ServiceMetrics _metrics;

    public Executor(int maxConcurrent, int maxQueue, bool meterFuel, ServiceMetrics metrics)
    {
        _metrics = metrics;
        _engine = new GuestEngine(meterFuel);
        _compiler = new ModuleCompiler(_engine);
        _sandbox = new Sandbox(_engine);
        _pool = new ExecutionPool(maxConcurrent, maxQueue);
        metrics.OnScrape(() =>
        {
            metrics.QueueDepth.Set(_pool.Queued);
            metrics.ExecutionsRunning.Set(_pool.Running);
            metrics.CachedModules.Set(_cache.Count);
            metrics.CachedModuleBytes.Set(_cache.Bytes);
        });
    }

    public int Queued => _pool.Queued;

    public int Running => _pool.Running;

    /// <summary>Never throws for what a guest or its bytes do. Cancelling ends the guest and frees its slot.</summary>
    public async Task<ExecutionReply> ExecuteAsync(ExecutionRequest request, CancellationToken clientLeft)
    {
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(clientLeft, _force.Token);
        var done = new TaskCompletionSource<ExecutionReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_pool.TryEnqueue(() => Run(done, request, abandoned.Token)))
        {
            _metrics.QueueRejections.Inc();
            return new ExecutionReply.Busy();
        }

        return await done.Task;
    }

    /// <summary>Completes when no guest runs and none waits.</summary>
    public Task WhenIdle() => _pool.WhenIdle();

    public void Dispose()
    {
        _force.Cancel();
        _pool.Dispose();
        _cache.Dispose();
        _engine.Dispose();
        _force.Dispose();
    }

    private Action Run(TaskCompletionSource<ExecutionReply> done, ExecutionRequest request, CancellationToken abandoned)
    {
        try
        {
            var reply = abandoned.IsCancellationRequested ? new ExecutionReply.Abandoned() : Execute(request, abandoned);
            return () => done.SetResult(reply);
        }
#pragma warning disable CA1031 // Whatever it is, it belongs to the request that waits for it, and the thread lives on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return () => done.SetException(exception);
        }
    }

    private ExecutionReply Execute(ExecutionRequest request, CancellationToken abandoned)
    {
        var compilation = _cache.GetOrCompile(request.Hash, () => _compiler.Compile(request.Hash, request.Module.Span));
        if (compilation is Compilation.Refused refused)
        {
            _metrics.Executions.WithLabels("invalid", ServiceMetrics.AnonymousTier).Inc();
            return new ExecutionReply.Refused(refused.Refusal);
        }

        var ready = (Compilation.Ready)compilation;
        _metrics.CacheLookups.WithLabels(ready.Cached ? "hit" : "miss").Inc();
        using var module = ready.Module;
        var result = _sandbox.Run(module, request.Input, request.Limits, abandoned);
        _metrics.Executions.WithLabels(result.Outcome.Reason, ServiceMetrics.AnonymousTier).Inc();
        _metrics.GuestDuration.Observe(result.Duration.TotalSeconds);
        _metrics.GuestMemory.Observe(result.MemoryPeakBytes);
        return new ExecutionReply.Ran(result);
    }
}
