using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using WasmWizard.Service.Executions;
using WasmWizard.Service.Metrics;
using WasmWizard.Service.Modules;

namespace WasmWizard.Benchmarks;

/// <summary>A request's way through the service, from bytes to the guest's output.</summary>
public class ExecutionBenchmarks : IDisposable
{
    private const int Executions = 240;
    private const string Echo = """
        (module
          (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
          (memory (export "memory") 1)
          (func (export "_start")
            (i32.store (i32.const 0) (i32.const 64)) (i32.store (i32.const 4) (i32.const 4096))
            (drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
            (i32.store (i32.const 4) (i32.load (i32.const 8)))
            (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 12)))))
        """;

    private static readonly ExecutionLimits Limits = new(TimeSpan.FromSeconds(5), 128 * 1024 * 1024, 1024 * 1024, 0);

    private readonly byte[] _module = Encoding.UTF8.GetBytes(Echo);
    private readonly byte[] _input = Encoding.UTF8.GetBytes(new string('x', 1024));
    private Executor _executor = null!;
    private ExecutionRequest _request = null!;

    [GlobalSetup]
    public void Start()
    {
        _executor = new(new ExecutorOptions(MaxConcurrent: 1, MaxConcurrentOfOne: 1, MaxQueue: 1, Limits.MemoryBytes, MeterFuel: false, ArtifactFolder: null), new ServiceMetrics());
        _request = new(ModuleHash.Of(_module), new ReadOnlySequence<byte>(_module), _input, Limits, "caller", "free");
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _executor.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The module's machine code is at hand; the guest echoes 1 KiB.</summary>
    [Benchmark(OperationsPerInvoke = Executions)]
    public long ExecutesAModule() =>
        Work.Repeat(Executions, () => ((ExecutionReply.Ran)_executor.ExecuteAsync(_request, CancellationToken.None).GetAwaiter().GetResult()).Result.Output.Length);
}
