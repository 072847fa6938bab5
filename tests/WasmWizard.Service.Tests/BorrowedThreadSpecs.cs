using System.Buffers;
using System.Text;
using WasmWizard.Service.Executions;
using WasmWizard.Service.Metrics;
using WasmWizard.Service.Modules;

namespace WasmWizard.Service.Tests;

/// <summary>Modules whose guests end at once run on the thread of the request. Whatever a guest of theirs does there, it costs nobody else.</summary>
public sealed class BorrowedThreadSpecs : IDisposable
{
    private static readonly byte[] Module = Encoding.UTF8.GetBytes(Guests.AsAsked);
    private static readonly ExecutionLimits Limits = new(TimeSpan.FromSeconds(30), 16 << 20, 1 << 20, 0);

    /// <summary>More than the pool has threads from the start.</summary>
    private static readonly int Many = Environment.ProcessorCount + 2;

    private readonly Executor _executor = new(new ExecutorOptions(Many + 1, Many, 64, 16 << 20, MeterFuel: false, ArtifactFolder: null), new ServiceMetrics());

    public void Dispose() => _executor.Dispose();

    [Fact]
    public async Task Trusted_guests_that_sleep_nevertheless_leave_threads_for_others_and_end_when_their_clients_leave()
    {
        await TrustAsync();
        using var leave = new CancellationTokenSource();
        var sleeping = Enumerable.Range(0, Many).Select(_ => Task.Run(() => _executor.ExecuteAsync(Asks("s"), leave.Token))).ToArray();
        await RunningService.UntilAsync(() => Task.FromResult(_executor.Running == Many));
        for (var i = 0; i < 20; i++)
            Assert.Equal("success", await Task.Run(() => RunAsync(Asks("e") with { Caller = "other" })));
        await leave.CancelAsync();
        foreach (var reply in await Task.WhenAll(sleeping))
            Assert.IsType<GuestOutcome.Abandoned>(Assert.IsType<ExecutionReply.Ran>(reply).Result.Outcome);
        await _executor.WhenIdle();
        Assert.Equal(0, _executor.Running);
    }

    [Theory]
    [InlineData("r", "trap")]
    [InlineData("u", "trap")]
    [InlineData("l", "timeout")]
    [InlineData("s", "timeout")]
    public async Task Trusted_guests_that_fail_nevertheless_are_ended_with_their_reason(string asked, string reason)
    {
        await TrustAsync();
        Assert.Equal(reason, await Task.Run(() => RunAsync(Asks(asked) with { Limits = Limits with { WallTime = TimeSpan.FromSeconds(0.2) } })));
        Assert.Equal("success", await Task.Run(() => RunAsync(Asks("e"))));
        Assert.Equal(0, _executor.Running);
    }

    [Fact]
    public void Trust_takes_many_quick_runs_and_ends_with_a_slow_one()
    {
        var pace = new Pace();
        for (var i = 0; i < 100; i++)
            pace.Note(Pace.Quick);
        Assert.False(pace.IsQuick);
        for (var i = 0; i < 16; i++)
        {
            Assert.False(pace.IsQuick);
            pace.Note(Pace.Quick / 2);
        }

        Assert.True(pace.IsQuick);
        pace.Note(Pace.Quick);
        Assert.True(pace.IsQuick);
        pace.Note(Pace.Slow);
        Assert.False(pace.IsQuick);
    }

    private static ExecutionRequest Asks(string what) => new(ModuleHash.Of(Module), new ReadOnlySequence<byte>(Module), Encoding.UTF8.GetBytes(what), Limits, "caller", "free");

    private async Task<string> RunAsync(ExecutionRequest request) =>
        Assert.IsType<ExecutionReply.Ran>(await _executor.ExecuteAsync(request, CancellationToken.None)).Result.Outcome.Reason;

    /// <summary>Asks until the answer comes with the question: its guest ran on the asking thread.</summary>
    private Task TrustAsync() => RunningService.UntilAsync(() => Task.Run(async () =>
    {
        var asked = Enumerable.Range(0, 16).Select(_ => _executor.ExecuteAsync(Asks("e"), CancellationToken.None)).ToList();
        var atOnce = asked.TrueForAll(answer => answer.IsCompleted);
        await Task.WhenAll(asked);
        return atOnce;
    }));
}
