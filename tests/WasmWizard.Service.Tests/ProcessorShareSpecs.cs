using WasmWizard.Service.Executions;

namespace WasmWizard.Service.Tests;

public sealed class ProcessorShareSpecs : IDisposable
{
    private readonly ProcessorShare _share = new(processors: 2);

    public void Dispose() => _share.Dispose();

    [Fact]
    public void What_a_callers_guests_computed_counts_for_the_next_one_and_for_nobody_else()
    {
        _share.Charge("busy", TimeSpan.FromHours(1));
        Assert.InRange(_share.DebtOf("busy"), TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, _share.DebtOf("other"));
    }

    [Fact]
    public void Guests_that_end_before_their_first_tick_owe_nothing()
    {
        _share.Charge("brief", TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, _share.DebtOf("brief"));
    }

    [Fact]
    public async Task A_debt_is_forgiven_with_time_however_large_it_was()
    {
        for (var i = 0; i < 1000; i++)
            _share.Charge($"caller {i}", TimeSpan.FromMilliseconds(1));
        _share.Charge("busy", TimeSpan.FromHours(1));
        await RunningService.UntilAsync(() => Task.FromResult(_share.DebtOf("busy") == TimeSpan.Zero));
        Assert.Equal(TimeSpan.Zero, _share.DebtOf("caller 0"));
    }

    [Fact]
    public void Where_all_but_one_processor_are_taken_a_turn_is_had_when_one_is_given_back()
    {
        Assert.True(_share.TryTakeTurn(TimeSpan.Zero, CancellationToken.None));
        Assert.False(_share.TryTakeTurn(TimeSpan.Zero, CancellationToken.None));
        Assert.False(_share.TryTakeTurn(TimeSpan.FromHours(1), new CancellationToken(canceled: true)));
        _share.GiveTurnBack();
        Assert.True(_share.TryTakeTurn(TimeSpan.Zero, CancellationToken.None));
    }
}
