using WasmWizard.Service.Executions;

namespace WasmWizard.Service.Tests;

public class FairQueueSpecs
{
    [Fact]
    public void Callers_take_turns_however_much_one_of_them_asks_for()
    {
        var queue = new FairQueue<string>(maxOfCaller: 100);
        foreach (var work in new[] { "a1", "a2", "a3" })
            queue.Add("a", work);
        queue.Add("b", "b1");
        queue.Add("c", "c1");
        Assert.Equal(["a1", "b1", "c1", "a2", "a3"], Drain(queue));
    }

    [Fact]
    public void A_caller_whose_share_runs_waits_and_bars_nobody()
    {
        var queue = new FairQueue<string>(maxOfCaller: 1);
        queue.Add("a", "a1");
        queue.Add("a", "a2");
        queue.Add("b", "b1");
        Assert.Equal(["a1", "b1"], Drain(queue));
        Assert.Equal((1, 0, false), (queue.Count, queue.Startable, queue.CanStart("a")));
        queue.Ended("a");
        Assert.Equal(["a2"], Drain(queue));
    }

    [Fact]
    public void The_caller_without_a_name_has_no_share_to_stay_in()
    {
        var queue = new FairQueue<string>(maxOfCaller: 1);
        queue.Add("", "1");
        queue.Add("", "2");
        Assert.Equal(2, queue.Startable);
        Assert.Equal(["1", "2"], Drain(queue));
    }

    [Fact]
    public void In_a_full_queue_the_newest_of_who_waits_with_most_gives_its_place()
    {
        var queue = new FairQueue<string>(maxOfCaller: 1);
        queue.Add("a", "a1");
        queue.Add("a", "a2");
        queue.Add("b", "b1");
        Assert.True(queue.TryDisplace("c", out var displaced));
        Assert.Equal("a2", displaced);
        queue.Add("c", "c1");
        Assert.False(queue.TryDisplace("d", out _));
        Assert.False(queue.TryDisplace("a", out _));
        Assert.Equal(["a1", "b1", "c1"], Drain(queue));
    }

    [Fact]
    public void Any_sequence_starts_everything_once_and_keeps_to_the_shares()
    {
        const int share = 3;
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var queue = new FairQueue<int>(share);
        var running = new List<string>();
        var (added, started) = (0, new HashSet<int>());
        for (var step = 0; step < 20_000; step++)
        {
            if (random.Next(3) == 0)
                queue.Add($"{random.Next(5)}", added++);
            else if (random.Next(2) == 0 && queue.TryStart(out var caller, out var work))
            {
                Assert.True(started.Add(work), $"seed {seed}");
                running.Add(caller);
            }
            else if (running.Count > 0)
            {
                var at = random.Next(running.Count);
                queue.Ended(running[at]);
                running.RemoveAt(at);
            }

            Assert.True(running.CountBy(r => r).All(r => r.Value <= share), $"seed {seed}");
            Assert.True(queue.HasStartable == queue.Startable > 0, $"seed {seed}");
        }

        while (running.Count > 0 || queue.HasStartable)
        {
            while (queue.TryStart(out var caller, out var work))
            {
                started.Add(work);
                running.Add(caller);
            }

            running.ForEach(queue.Ended);
            running.Clear();
        }

        Assert.True(added == started.Count && queue.Count == 0, $"seed {seed}");
    }

    private static List<string> Drain(FairQueue<string> queue)
    {
        var started = new List<string>();
        while (queue.TryStart(out _, out var work))
            started.Add(work);
        return started;
    }
}
