using System.Text;
using BenchmarkDotNet.Attributes;
using WasmWizard.Service.Accounts;
using WasmWizard.Service.Executions;
using WasmWizard.Service.Limits;
using WasmWizard.Service.Modules;
using WasmWizard.Service.Web;

namespace WasmWizard.Benchmarks;

/// <summary>What every request pays around the execution: its key, its limits, its module's hash, its answer.</summary>
public class RequestBenchmarks
{
    private const int Identities = 240;
    private const int Questions = 40_000;
    private const int Answers = 6_000;
    private const int ModuleBytes = 64 * 1024;

    private readonly string _key = ApiKey.New().Reveal();
    private readonly byte[] _module = new byte[ModuleBytes];
    private readonly InProcessRateLimiter _limiter = new(new SteppingClock(TimeSpan.FromSeconds(2)));
    private readonly RateWindow[] _windows = [new("minute", 60, TimeSpan.FromMinutes(1)), new("hour", 5000, TimeSpan.FromHours(1))];
    private readonly ExecutionResult _result = new(new GuestOutcome.Completed(), Encoding.UTF8.GetBytes(new string('x', 1024)), default, TimeSpan.FromMilliseconds(1.5), null, 65536);

    /// <summary>Until every window is as full as it gets.</summary>
    [GlobalSetup]
    public void Fill()
    {
        for (var asked = 0; asked < 4000; asked++)
            Ask();
    }

    /// <summary>
    /// Both at once: a key alone takes half a microsecond, and by where the system loads the cryptographic library a fifth more or less for as long as a process lives.
    /// </summary>
    [Benchmark(OperationsPerInvoke = Identities)]
    public long KnowsKeyAndModule() => Work.Repeat(Identities, () => ApiKey.Parse(_key)!.Hash.Length + ModuleHash.Of(_module).ToString().Length);

    [Benchmark(OperationsPerInvoke = Questions)]
    public long AsksTheLimiter() => Work.Repeat(Questions, () => Ask() is RateDecision.Admitted ? 1 : 0);

    [Benchmark(OperationsPerInvoke = Answers)]
    public long WritesAnAnswer() => Work.Repeat(Answers, Answer);

    private long Answer()
    {
        using var rendered = ExecutionAnswer.Render(_result);
        return rendered.Length;
    }

    /// <summary>The limiter of one process answers at once.</summary>
    private RateDecision Ask()
    {
        var asked = _limiter.AskAsync("caller", _windows, CancellationToken.None);
        return asked.IsCompletedSuccessfully ? asked.Result : throw new InvalidOperationException("The limiter waited.");
    }

    /// <summary>Each look at it is a step later.</summary>
    private sealed class SteppingClock(TimeSpan step) : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now += step.Ticks;
    }
}
