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

    /// <param name="maxConcurrentOfOne">Guests of one caller that run at once.</param>
    public Executor(int maxConcurrent, int maxConcurrentOfOne, int maxQueue, bool meterFuel, ServiceMetrics metrics)
    {
        _metrics = metrics;
        _engine = new GuestEngine(meterFuel);
        _compiler = new ModuleCompiler(_engine);
        _sandbox = new Sandbox(_engine);
        _pool = new ExecutionPool(maxConcurrent, maxConcurrentOfOne, maxQueue);
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
    public Task<ExecutionReply> ExecuteAsync(ExecutionRequest request, CancellationToken clientLeft) =>
        EnqueueAsync(request.Caller, abandoned => Execute(request, abandoned), clientLeft);

    /// <summary>Compiles without running, so that it runs at once later; null when the bytes are a module for this service.</summary>
    public async Task<ExecutionReply?> CheckAsync(ModuleHash hash, ReadOnlyMemory<byte> module, string caller, CancellationToken clientLeft)
    {
        var reply = await EnqueueAsync(caller, _ => Check(hash, module), clientLeft);
        return reply is ExecutionReply.Absent ? null : reply;
    }

    private async Task<ExecutionReply> EnqueueAsync(string caller, Func<CancellationToken, ExecutionReply> work, CancellationToken clientLeft)
    {
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(clientLeft, _force.Token);
        var done = new TaskCompletionSource<ExecutionReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_pool.TryEnqueue(caller, () => Run(done, work, abandoned.Token)))
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

    private static Action Run(TaskCompletionSource<ExecutionReply> done, Func<CancellationToken, ExecutionReply> work, CancellationToken abandoned)
    {
        try
        {
            var reply = abandoned.IsCancellationRequested ? new ExecutionReply.Abandoned() : work(abandoned);
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
        var compilation = request.Module is { } bytes
            ? _cache.GetOrCompile(request.Hash, () => _compiler.Compile(request.Hash, bytes.Span))
            : _cache.Find(request.Hash);
        if (compilation is null)
            return new ExecutionReply.Absent();
        if (compilation is Compilation.Refused refused)
        {
            _metrics.Executions.WithLabels("invalid", request.Tier).Inc();
            return new ExecutionReply.Refused(refused.Refusal);
        }

        var ready = (Compilation.Ready)compilation;
        _metrics.CacheLookups.WithLabels(ready.Cached ? "hit" : "miss").Inc();
        using var module = ready.Module;
        var result = _sandbox.Run(module, request.Input, request.Limits, abandoned);
        _metrics.Executions.WithLabels(result.Outcome.Reason, request.Tier).Inc();
        _metrics.GuestDuration.Observe(result.Duration.TotalSeconds);
        _metrics.GuestMemory.Observe(result.MemoryPeakBytes);
        return new ExecutionReply.Ran(result);
    }

    /// <summary>Absent stands for "nothing to say": the module is compiled and kept.</summary>
    private ExecutionReply Check(ModuleHash hash, ReadOnlyMemory<byte> module)
    {
        var compilation = _cache.GetOrCompile(hash, () => _compiler.Compile(hash, module.Span));
        if (compilation is Compilation.Refused refused)
            return new ExecutionReply.Refused(refused.Refusal);
        ((Compilation.Ready)compilation).Module.Dispose();
        return new ExecutionReply.Absent();
    }
}
