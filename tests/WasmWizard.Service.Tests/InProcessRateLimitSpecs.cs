using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using WasmWizard.Service.Limits;

namespace WasmWizard.Service.Tests;

public sealed class InProcessRateLimitSpecs
{
    private static readonly RateWindow Minute = new("minute", 3, TimeSpan.FromMinutes(1));
    private static readonly RateWindow Day = new("day", 5, TimeSpan.FromDays(1));

    private readonly FakeTimeProvider _clock = new();
    private readonly InProcessRateLimiter _limiter;

    public InProcessRateLimitSpecs() => _limiter = new InProcessRateLimiter(_clock);

    [Fact]
    public async Task Several_requests_in_the_same_moment_all_count()
    {
        foreach (var left in (long[])[2, 1, 0])
            Assert.Equal(left, await LeftAsync(Minute));
        Assert.Equal(TimeSpan.FromMinutes(1), (await LimitedAsync(Minute)).RetryAfter);
    }

    [Fact]
    public async Task The_window_slides_and_a_refusal_does_not_count()
    {
        await LeftAsync(Minute);
        _clock.Advance(TimeSpan.FromSeconds(40));
        await LeftAsync(Minute);
        await LeftAsync(Minute);
        Assert.Equal(TimeSpan.FromSeconds(20), (await LimitedAsync(Minute)).RetryAfter);
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(0, await LeftAsync(Minute));
        Assert.Equal(TimeSpan.FromSeconds(40), (await LimitedAsync(Minute)).RetryAfter);
    }

    [Fact]
    public async Task Every_window_has_to_have_room_and_the_longest_wait_is_told()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.IsType<RateDecision.Admitted>(await _limiter.AskAsync("k", [Minute, Day], default));
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        var limited = Assert.IsType<RateDecision.Limited>(await _limiter.AskAsync("k", [Minute, Day], default));
        Assert.Equal(("day", TimeSpan.FromDays(1) - TimeSpan.FromMinutes(5)), (limited.Window.Name, limited.RetryAfter));
    }

    [Fact]
    public async Task Callers_do_not_share_and_are_forgotten_when_their_window_has_passed()
    {
        for (var i = 0; i < 3000; i++)
            Assert.IsType<RateDecision.Admitted>(await _limiter.AskAsync($"caller {i}", [Minute], default));
        Assert.Equal(3000, _limiter.Callers);
        _clock.Advance(TimeSpan.FromMinutes(2));
        for (var i = 0; i < 4096; i++)
            await _limiter.AskAsync("one", [Minute], default);
        Assert.InRange(_limiter.Callers, 1, 2);
    }

    [Fact]
    public async Task Without_windows_everything_is_admitted_and_nothing_kept()
    {
        Assert.IsType<RateDecision.Admitted>(await _limiter.AskAsync("k", [], default));
        Assert.Equal(0, _limiter.Callers);
    }

    [Fact]
    public async Task Threads_never_get_more_than_the_limit_together()
    {
        var storm = await RateLimitCases.StormAsync([new InProcessRateLimiter(TimeProvider.System)], "storm", clients: 8, windows: 3, () => Stopwatch.GetElapsedTime(0));
        RateLimitCases.AssertNeverMoreThanTheLimit(storm);
        RateLimitCases.AssertEveryRefusalWasDue(storm);
    }

    [Fact]
    public Task Asked_slowly_nobody_is_refused() => RateLimitCases.AssertSlowAskingIsNeverRefusedAsync(_limiter, time =>
    {
        _clock.Advance(time);
        return Task.CompletedTask;
    });

    private async Task<long> LeftAsync(RateWindow window) => Assert.IsType<RateDecision.Admitted>(await _limiter.AskAsync("k", [window], default)).Remaining;

    private async Task<RateDecision.Limited> LimitedAsync(RateWindow window) => Assert.IsType<RateDecision.Limited>(await _limiter.AskAsync("k", [window], default));
}
