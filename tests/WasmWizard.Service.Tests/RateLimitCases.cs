using System.Collections.Concurrent;
using WasmWizard.Service.Limits;

namespace WasmWizard.Service.Tests;

/// <summary>The sliding window as both limiters have to be: never more than the limit in any window, never a refusal that was not due.</summary>
internal static class RateLimitCases
{
    private const int Limit = 20;
    private static readonly RateWindow Window = new("minute", Limit, TimeSpan.FromMilliseconds(500));

    /// <summary>Clients that ask as fast as they can until so many windows' worth was admitted, however long the machine takes for it.</summary>
    /// <param name="clock">What the limiters measure by: a clock that is set meanwhile is set for both.</param>
    public static async Task<Storm> StormAsync(IReadOnlyList<IRateLimiter> limiters, string key, int clients, int windows, Func<TimeSpan> clock)
    {
        var admitted = new ConcurrentBag<Answer>();
        var refused = new ConcurrentDictionary<(int Client, int Admitted), Answer>();
        var count = 0;
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            while (Volatile.Read(ref count) is var before && before < Limit * windows)
            {
                var asked = clock();
                var decision = await limiters[client % limiters.Count].AskAsync(key, [Window], CancellationToken.None);
                var answer = new Answer(decision, asked, clock());
                if (decision is RateDecision.Admitted)
                {
                    Interlocked.Increment(ref count);
                    admitted.Add(answer);
                }
                else
                {
                    refused[(client, before)] = answer;
                }

                await Task.Yield();
            }
        })));
        return new Storm([.. admitted], [.. refused.Values]);
    }

    /// <summary>
    /// A request was admitted somewhere between asking and its answer. More than the limit surely fell into one window when so many were asked
    /// after a moment and answered before the end of a window that begins there.
    /// </summary>
    public static void AssertNeverMoreThanTheLimit(Storm storm)
    {
        foreach (var (_, start, _) in storm.Admitted)
            Assert.InRange(storm.Admitted.Count(a => a.Asked >= start && a.Answered < start + Window.Length), 0, Limit);
    }

    /// <summary>A refusal was due when, at some moment between its asking and its answer, a window's admissions may all have lain within the length before it.</summary>
    public static void AssertEveryRefusalWasDue(Storm storm)
    {
        Assert.NotEmpty(storm.Refused);
        foreach (var (decision, asked, answered) in storm.Refused)
        {
            Assert.IsType<RateDecision.Limited>(decision);
            Assert.InRange(storm.Admitted.Count(a => a.Answered > asked - Window.Length && a.Asked < answered), Limit, int.MaxValue);
        }
    }

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

    /// <summary>What was decided, and between which moments.</summary>
    internal sealed record Answer(RateDecision Decision, TimeSpan Asked, TimeSpan Answered);

    /// <param name="Admitted">All.</param>
    /// <param name="Refused">The last of each client before the next admission: the one that was nearest to being let through.</param>
    internal sealed record Storm(IReadOnlyList<Answer> Admitted, IReadOnlyList<Answer> Refused);
}
