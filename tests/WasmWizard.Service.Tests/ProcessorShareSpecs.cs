using WasmWizard.Service.Executions;

namespace WasmWizard.Service.Tests;

public sealed class ProcessorShareSpecs
{
    private readonly ProcessorShare _share = new(processors: 2);

    [Fact]
    public void What_a_callers_guests_computed_counts_for_the_next_one_and_for_nobody_else()
    {
        _share.Charge("busy", TimeSpan.FromHours(1));
        Assert.InRange(_share.DebtOf("busy"), TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, _share.DebtOf("other"));
    }

    [Fact]
    public void Guests_that_end_at_once_owe_nothing()
    {
        Turn("brief").Dispose();
        Assert.Equal(TimeSpan.Zero, _share.DebtOf("brief"));
    }

    [Fact]
    public void Each_tick_is_charged_and_so_is_what_follows_the_guest()
    {
        using (var turn = Turn("busy"))
        {
            turn.Tick(TimeSpan.Zero, default);
            turn.EndGuest(TimeSpan.Zero);
        }

        Assert.InRange(_share.DebtOf("busy"), TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(1));
        using (var turn = Turn("writes much"))
        {
            turn.EndGuest(TimeSpan.FromHours(-1));
        }

        Assert.True(_share.DebtOf("writes much") > ProcessorShare.Quantum);
    }

    [Fact]
    public void One_processor_is_kept_for_quick_guests_while_there_are_such()
    {
        using var one = Turn("one");
        using var two = Turn("two");
        Assert.False(_share.Crowded);
        _share.SawQuick();
        Assert.True(_share.Crowded);
    }

    [Fact]
    public async Task A_caller_who_owes_starts_a_guest_when_a_turn_is_free()
    {
        using var one = Turn("one");
        using var two = Turn("two");
        Assert.True(_share.TryTakeTurn(TimeSpan.Zero, CancellationToken.None));
        var third = Task.Run(() =>
        {
            _share.Charge("busy", TimeSpan.FromHours(1));
            return Turn("busy", TimeSpan.FromHours(1));
        });
        await RunningService.UntilAsync(() => Task.FromResult(_share.Computing == 3));
        Assert.False(third.IsCompleted);
        _share.GiveTurnBack();
        var turn = await third;
        Assert.False(_share.TryTakeTurn(TimeSpan.Zero, CancellationToken.None));
        turn.Pause();
        Assert.True(_share.TryTakeTurn(TimeSpan.Zero, CancellationToken.None));
        turn.Resume();
        turn.Dispose();
        Assert.Equal(2, _share.Computing);
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

    [Fact]
    public async Task Who_gives_back_and_asks_again_at_once_stands_behind_who_waits()
    {
        var turns = new Turns(1);
        Assert.True(turns.TryTake(TimeSpan.Zero, CancellationToken.None));
        using var waiting = new SemaphoreSlim(0);
        var other = Task.Run(() =>
        {
            waiting.Release();
            return turns.TryTake(TimeSpan.FromHours(1), CancellationToken.None);
        });
        await waiting.WaitAsync();
        // As soon as the other one waits, the turn is theirs; before that there is nobody to stand behind.
        while (true)
        {
            turns.GiveBack(TimeSpan.Zero);
            if (!turns.TryTake(TimeSpan.Zero, CancellationToken.None))
                break;
        }

        Assert.True(await other);
        turns.GiveBack(TimeSpan.Zero);
        Assert.True(turns.TryTake(TimeSpan.Zero, CancellationToken.None));
    }

    [Theory]
    [InlineData(1L << 40, false)]
    [InlineData(1L << 20, true)]
    [InlineData(1, true)]
    public void A_turn_lasts_until_the_answer_will_have_been_sent(long bytes, bool soon)
    {
        using var one = Turn("one");
        using var two = Turn("two");
        _share.Charge("busy", TimeSpan.FromHours(1));
        using (var turn = Turn("busy"))
        {
            Assert.False(_share.TryTakeTurn(TimeSpan.Zero, CancellationToken.None));
            turn.EndGuest(TimeSpan.Zero);
            turn.Send(bytes);
        }

        Assert.Equal(soon, _share.TryTakeTurn(soon ? TimeSpan.FromHours(1) : TimeSpan.Zero, CancellationToken.None));
    }

    private ProcessorTurn Turn(string caller, TimeSpan longest = default) => new(_share, caller, longest, default);
}
