using WasmWizard.Service.Metrics;
using WasmWizard.Service.Modules;

namespace WasmWizard.Service.Executions;

/// <summary>
/// Takes requests to execute, lets them wait their turn, compiles or finds their modules, runs them, and counts what happened.
/// One for the process.
/// </summary>
public sealed class Executor : IDisposable
{
    private readonly GuestEngine _engine;
    private readonly CompiledModuleCache _cache;
    private readonly ModuleCompiler _compiler;
    private readonly Sandbox _sandbox;
    private readonly ExecutionPool _pool;
    private readonly CancellationTokenSource _force = new();
    private readonly ServiceMetrics _metrics;

    public Executor(ExecutorOptions options, ServiceMetrics metrics)
    {
        _metrics = metrics;
        _engine = new GuestEngine(options.MaxConcurrent, options.MaxMemoryBytes, options.MeterFuel);
        _cache = new CompiledModuleCache(options.CachedModules, options.CachedBytes);
        _compiler = new ModuleCompiler(_engine, ArtifactsOf(options));
        _sandbox = new Sandbox(_engine);
        _pool = new ExecutionPool(options.MaxConcurrent, options.MaxConcurrentOfCaller, options.MaxQueue);
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

    /// <summary>
    /// Never throws for what a guest or its bytes do, only what loading a stored module throws. Cancelling ends the guest and frees its slot.
    /// </summary>
    public async Task<ExecutionReply> ExecuteAsync(ExecutionRequest request, CancellationToken clientLeft)
    {
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(clientLeft, _force.Token);
        if (request.Module is ModuleSource.Sent sent)
            return (await RunAsync(request, sent.Bytes, abandoned.Token))!;
        return await RunAsync(request, null, abandoned.Token)
            ?? (await RunAsync(request, await ((ModuleSource.Stored)request.Module).LoadAsync(abandoned.Token), abandoned.Token))!;
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

    /// <summary>Null only without bytes, when they turn out to be needed.</summary>
    private async Task<ExecutionReply?> RunAsync(ExecutionRequest request, ReadOnlyMemory<byte>? bytes, CancellationToken abandoned)
    {
        var done = new TaskCompletionSource<ExecutionReply?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var work = new ExecutionWork(() => Run(done, request, bytes, abandoned), () => done.SetResult(Busy()));
        return _pool.TryEnqueue(request.Caller, work) ? await done.Task : Busy();
    }

    private ExecutionReply.Busy Busy()
    {
        _metrics.QueueRejections.Inc();
        return new ExecutionReply.Busy();
    }

    private Action Run(TaskCompletionSource<ExecutionReply?> done, ExecutionRequest request, ReadOnlyMemory<byte>? bytes, CancellationToken abandoned)
    {
        try
        {
            var reply = abandoned.IsCancellationRequested ? new ExecutionReply.Abandoned() : Execute(request, bytes, abandoned);
            return () => done.SetResult(reply);
        }
#pragma warning disable CA1031 // Whatever it is, it belongs to the request that waits for it, and the thread lives on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return () => done.SetException(exception);
        }
    }

    private ExecutionReply? Execute(ExecutionRequest request, ReadOnlyMemory<byte>? bytes, CancellationToken abandoned)
    {
        switch (Compile(request.Module.Hash, bytes))
        {
            case Compilation.Refused refused:
                Count("invalid", request);
                return new ExecutionReply.Refused(refused.Refusal);
            case Compilation.TooLarge:
                var outcome = new GuestOutcome.OutOfMemory(request.Limits.MemoryBytes, null);
                Count(outcome.Reason, request);
                return new ExecutionReply.Ran(new ExecutionResult(outcome, default, default, TimeSpan.Zero, _engine.MetersFuel ? 0 : null, 0));
            case Compilation.Ready ready:
                _metrics.CacheLookups.WithLabels(WordOf(ready.Origin)).Inc();
                using (var module = ready.Module)
                    return Run(request, module, abandoned);
            default:
                return null;
        }
    }

    private ExecutionReply.Ran Run(ExecutionRequest request, CompiledModule module, CancellationToken abandoned)
    {
        var result = _sandbox.Run(module, request.Input, request.Limits, abandoned);
        Count(result.Outcome.Reason, request);
        _metrics.GuestDuration.Observe(result.Duration.TotalSeconds);
        _metrics.GuestMemory.Observe(result.MemoryPeakBytes);
        return new ExecutionReply.Ran(result);
    }

    /// <summary>Absent only without bytes: whoever has them does not take the answer of one that had none.</summary>
    private Compilation Compile(ModuleHash hash, ReadOnlyMemory<byte>? bytes)
    {
        while (true)
        {
            var compilation = _cache.GetOrCompile(hash, () => _compiler.Load(hash) is var loaded && loaded is Compilation.Absent && bytes is { } known
                ? _compiler.Compile(hash, known.Span)
                : loaded);
            if (compilation is not Compilation.Absent || bytes is null)
                return compilation;
        }
    }

    private void Count(string outcome, ExecutionRequest request) => _metrics.Executions.WithLabels(outcome, request.Tier).Inc();

    private static string WordOf(ModuleOrigin origin) => origin switch
    {
        ModuleOrigin.Memory => "hit",
        ModuleOrigin.Disk => "disk",
        _ => "miss",
    };

    /// <summary>Null also when the disk does not give one: the service then compiles, and the metric tells.</summary>
    private ArtifactStore? ArtifactsOf(ExecutorOptions options)
    {
        if (options.ArtifactFolder is null)
            return null;
        // The build of this assembly stands for the engine's settings and the imports, the engine's own for its machine code; the
        // engine itself refuses code for other processors.
        var maker = string.Join('|', typeof(Executor).Module.ModuleVersionId, typeof(Wasmtime.Engine).Module.ModuleVersionId,
            options.MeterFuel, options.MaxMemoryBytes);
        try
        {
            return ArtifactStore.Open(options.ArtifactFolder, maker, options.ArtifactBytes, Rejected);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Rejected(ArtifactFault.Failed);
            return null;
        }
    }

    private void Rejected(ArtifactFault fault) => _metrics.ArtifactRejections.WithLabels(fault.ToString().ToLowerInvariant()).Inc();
}
