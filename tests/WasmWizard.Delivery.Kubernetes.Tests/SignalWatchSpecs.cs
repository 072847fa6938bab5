using WasmWizard.Delivery.Kubernetes.Rollouts;
using WasmWizard.Delivery.Kubernetes.Simulator;

namespace WasmWizard.Delivery.Kubernetes.Tests;

public sealed class SignalWatchSpecs
{
    private static readonly Signal NoRoom = new("Unschedulable", "wasm-wizard-1", "no node has room", Patience: TimeSpan.FromSeconds(5));

    /// <summary>On the way back the pods that were tried make room by ending: a refusal counts only when it outlasts them.</summary>
    [Theory]
    [InlineData(0, 4, false)]
    [InlineData(0, 5, true)]
    [InlineData(60, 59, false)]
    [InlineData(60, 60, true)]
    public void A_signal_counts_when_it_has_lasted_as_long_as_it_and_the_caller_ask(int least, int lasted, bool counts)
    {
        var clock = new SimulatedClock(DateTimeOffset.UnixEpoch);
        var watch = new SignalWatch(clock);
        Assert.Null(watch.Ripe([NoRoom], TimeSpan.FromSeconds(least)));

        clock.Advance(TimeSpan.FromSeconds(lasted));

        Assert.Equal(counts ? NoRoom : null, watch.Ripe([NoRoom], TimeSpan.FromSeconds(least)));
    }

    [Fact]
    public void A_signal_that_went_away_begins_anew()
    {
        var clock = new SimulatedClock(DateTimeOffset.UnixEpoch);
        var watch = new SignalWatch(clock);
        watch.Ripe([NoRoom], TimeSpan.Zero);
        clock.Advance(TimeSpan.FromSeconds(5));
        watch.Ripe([], TimeSpan.Zero);

        Assert.Null(watch.Ripe([NoRoom], TimeSpan.Zero));
    }
}
