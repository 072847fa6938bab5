using WasmWizard.Delivery.Kubernetes.Simulator;

namespace WasmWizard.Delivery.Kubernetes.Tests;

public sealed class SimulatedClockSpecs
{
    [Fact]
    public void Time_does_not_go_back_when_a_timer_lets_more_of_it_pass()
    {
        var start = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var clock = new SimulatedClock(start);
        using var timer = clock.CreateTimer(_ => clock.Advance(TimeSpan.FromSeconds(20)), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(start.AddSeconds(21), clock.GetUtcNow());
    }
}
