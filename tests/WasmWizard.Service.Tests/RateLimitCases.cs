using System.Collections.Concurrent;
using System.Diagnostics;
using WasmWizard.Service.Limits;

namespace WasmWizard.Service.Tests;

/// <summary>The sliding window as both limiters have to be: never more than the limit in any window, never a refusal that was not due.</summary>
internal static class RateLimitCases
{
    private const int Limit = 20;
    private static readonly RateWindow Window = new("minute", Limit, TimeSpan.FromMilliseconds(500));

    /// <summary>Clients that ask as fast as they can for some windows.</summary>
    /// <returns>When each admitted request was asked for, and when it was answered.</returns>
    public static async Task<IReadOnlyList<(long Asked, long Answered)>> StormAsync(IReadOnlyList<IRateLimiter> limiters, string key, int clients, int windows)
    {
        var admitted = new ConcurrentBag<(long, long)>();
        var end = Stopwatch.GetTimestamp() + (long)(windows * Window.Length.TotalSeconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            while (Stopwatch.GetTimestamp() < end)
            {
                var asked = Stopwatch.GetTimestamp();
                if (await limiters[client % limiters.Count].AskAsync(key, [Window], CancellationToken.None) is RateDecision.Admitted)
                    admitted.Add((asked, Stopwatch.GetTimestamp()));
                await Task.Yield();
            }
        })));
        return [.. admitted.OrderBy(a => a.Item1)];
    }

    /// <summary>
    /// A request was admitted somewhere between asking and its answer. More than the limit surely fell into one window when so many were asked
    /// after a moment and answered before the end of a window that begins there.
    /// </summary>
    public static void AssertNeverMoreThanTheLimit(IReadOnlyList<(long Asked, long Answered)> admitted)
    {
        var length = (long)(Window.Length.TotalSeconds * Stopwatch.Frequency);
        foreach (var (start, _) in admitted)
            Assert.InRange(admitted.Count(a => a.Asked >= start && a.Answered < start + length), 0, Limit);
    }

    /// <summary>All that fit are let through: with windows asked for one after the other, at least the limit in each whole one.</summary>
    public static void AssertTheLimitIsUsed(IReadOnlyList<(long Asked, long Answered)> admitted, int windows) =>
        Assert.InRange(admitted.Count, Limit * (windows - 1), Limit * (windows + 1));

    /// <summary>Asked one after the other with the window's share of time between them, nobody is refused.</summary>
    public static async Task AssertSlowAskingIsNeverRefusedAsync(IRateLimiter limiter, Func<TimeSpan, Task> wait)
    {
        var window = new RateWindow("minute", 4, TimeSpan.FromMilliseconds(200));
        for (var i = 0; i < 20; i++)
        {
            Assert.IsType<RateDecision.Admitted>(await limiter.AskAsync("slow", [window], CancellationToken.None));
            await wait(window.Length / window.Limit);
        }
    }
}
