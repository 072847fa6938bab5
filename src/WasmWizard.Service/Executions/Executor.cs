using System.Buffers;
using System.Collections.Concurrent;
using Prometheus;
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
    private readonly BorrowedThreads _borrowed = new();
    private readonly ServiceMetrics _metrics;
    private readonly Counter.Child _hits;

    /// <summary>As many as there are outcomes and tiers; the metrics' own look-up takes longer than counting.</summary>
    private readonly ConcurrentDictionary<(string Outcome, string Tier), Counter.Child> _executions = [];

    public Executor(ExecutorOptions options, ServiceMetrics metrics)
    {
        _metrics = metrics;
        _hits = metrics.CacheLookups.WithLabels(WordOf(ModuleOrigin.Memory));
        _engine = new GuestEngine(options.MaxConcurrent, options.MaxMemoryBytes, options.MeterFuel);
        _cache = new CompiledModuleCache(options.CachedModules, options.CachedBytes);
        _compiler = new ModuleCompiler(_engine, ArtifactsOf(options));
        _sandbox = new Sandbox(_engine);
        _pool = new ExecutionPool(options.MaxConcurrent, options.MaxConcurrentOfOne, options.MaxQueue);
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
        BorrowedThreads.HasCurrent && TryExecuteHere(request, clientLeft) is { } reply
            ? Task.FromResult<ExecutionReply>(reply)
            : EnqueueAsync(request.Caller, abandoned => abandoned.IsRequested ? Leave(request) : Execute(request, abandoned), clientLeft);

    /// <summary>Compiles without running, so that it runs at once later; null when the bytes are a module for this service.</summary>
    public async Task<ExecutionReply?> CheckAsync(ModuleHash hash, ReadOnlyMemory<byte> module, string caller, CancellationToken clientLeft)
    {
        var reply = await EnqueueAsync(caller, abandoned => abandoned.IsRequested ? new ExecutionReply.Abandoned() : Check(hash, module), clientLeft);
        return reply is ExecutionReply.Absent ? null : reply;
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

    private async Task<ExecutionReply> EnqueueAsync(string caller, Func<Abandonment, ExecutionReply> work, CancellationToken clientLeft)
    {
        var abandoned = new Abandonment(clientLeft, _force.Token);
        var done = new TaskCompletionSource<ExecutionReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_pool.TryEnqueue(caller, () => Run(done, work, abandoned)))
        {
            _metrics.QueueRejections.Inc();
            return new ExecutionReply.Busy();
        }

        return await done.Task;
    }

    /// <summary>Null when the guest may take longer, or would have to wait.</summary>
    private ExecutionReply.Ran? TryExecuteHere(ExecutionRequest request, CancellationToken clientLeft)
    {
        if (_cache.Find(request.Hash) is not { } module)
            return null;
        using (module)
        {
            if (!module.Pace.IsQuick || _engine.Processors.Owes(request.Caller) || !_pool.TryEnter(request.Caller))
                return null;
            try
            {
                _hits.Inc();
                return Run(request, module, new Abandonment(clientLeft, _force.Token), _borrowed);
            }
            finally
            {
                _pool.Leave(request.Caller);
            }
        }
    }

    private static Action Run(TaskCompletionSource<ExecutionReply> done, Func<Abandonment, ExecutionReply> work, Abandonment abandoned)
    {
        try
        {
            var reply = work(abandoned);
            return () => done.SetResult(reply);
        }
#pragma warning disable CA1031 // Whatever it is, it belongs to the request that waits for it, and the thread lives on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return () => done.SetException(exception);
        }
    }

    /// <summary>Counts as one that left while its guest ran: nobody outside can tell the two apart.</summary>
    private ExecutionReply.Abandoned Leave(ExecutionRequest request)
    {
        Count("abandoned", request);
        return new ExecutionReply.Abandoned();
    }

    private ExecutionReply Execute(ExecutionRequest request, Abandonment abandoned)
    {
        switch (Compile(request.Hash, request.Module))
        {
            case Compilation.Refused refused:
                Count("invalid", request);
                return new ExecutionReply.Refused(refused.Refusal);
            case Compilation.TooLarge:
                var outcome = new GuestOutcome.OutOfMemory(request.Limits.MemoryBytes, null);
                Count(outcome.Reason, request);
                return Answer(request, new ExecutionResult(outcome, default, default, TimeSpan.Zero, _engine.MetersFuel ? 0 : null, 0));
            case Compilation.Ready ready:
                _metrics.CacheLookups.WithLabels(WordOf(ready.Origin)).Inc();
                using (var module = ready.Module)
                    return Run(request, module, abandoned);
            default:
                return new ExecutionReply.Absent();
        }
    }

    /// <summary>Absent stands for "nothing to say": the module is compiled and kept. So it does for a module that no execution has room for.</summary>
    private ExecutionReply Check(ModuleHash hash, ReadOnlyMemory<byte> module)
    {
        var compilation = Compile(hash, new ReadOnlySequence<byte>(module));
        if (compilation is Compilation.Refused refused)
            return new ExecutionReply.Refused(refused.Refusal);
        if (compilation is Compilation.Ready ready)
            ready.Module.Dispose();
        return new ExecutionReply.Absent();
    }

    private ExecutionReply.Ran Run(ExecutionRequest request, CompiledModule module, Abandonment abandoned, BorrowedThreads? borrowed = null)
    {
        using var turn = new ProcessorTurn(_engine.Processors, request.Caller, request.Limits.WallTime, abandoned, borrowed);
        var result = _sandbox.Run(module, request.Input, request.Limits, turn, abandoned);
        turn.EndGuest(result.Duration);
        module.Pace.Note(result.Duration);
        Count(result.Outcome.Reason, request);
        _metrics.GuestDuration.Observe(result.Duration.TotalSeconds);
        _metrics.GuestMemory.Observe(result.MemoryPeakBytes);
        var reply = Answer(request, result);
        turn.Send(reply.Rendered?.Length ?? 0);
        return reply;
    }

    private static ExecutionReply.Ran Answer(ExecutionRequest request, ExecutionResult result)
    {
        if (request.Render is not { } render)
            return new(result);
        var rendered = result.Outcome is GuestOutcome.Abandoned ? null : render(result);
        return new(result.GiveBack(), rendered);
    }

    /// <summary>Absent only without bytes: whoever has them does not take the answer of one that had none.</summary>
    private Compilation Compile(ModuleHash hash, ReadOnlySequence<byte>? bytes)
    {
        while (true)
        {
            var compilation = _cache.GetOrCompile(hash, () => _compiler.Load(hash) is var loaded && loaded is Compilation.Absent && bytes is { } known
                ? _compiler.Compile(hash, known.Together().Span)
                : loaded);
            if (compilation is not Compilation.Absent || bytes is null)
                return compilation;
        }
    }

    private void Count(string outcome, ExecutionRequest request) =>
        _executions.GetOrAdd((outcome, request.Tier), static (key, metrics) => metrics.Executions.WithLabels(key.Outcome, key.Tier), _metrics).Inc();

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
