namespace WasmWizard.Tests.BuildEngine.Scheduling;

/// <summary>The set that says what starts next answers as a sorted set does.</summary>
public sealed class RankSetSpecs(Xunit.Abstractions.ITestOutputHelper output)
{
    private const int Seeds = 50;
    private const int Steps = 400;

    [Fact]
    public void Random_additions_and_removals_leave_what_they_leave_in_a_sorted_set()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            output.WriteLine($"seed {seed}");
            var random = new Random(seed);
            var limit = random.Next(1, 300);
            var (set, expected) = (new RankSet(limit), new SortedSet<int>());
            for (var step = 0; step < Steps; step++)
            {
                var rank = random.Next(limit);
                if (random.Next(3) > 0)
                {
                    set.Add(rank);
                    expected.Add(rank);
                }
                else
                {
                    set.Remove(rank);
                    expected.Remove(rank);
                }

                Assert.Equal(expected.Count, set.Count);
                Assert.Equal(expected.Count > 0 ? expected.Min : null, set.First);
                Assert.Equal(expected, MembersOf(set));
            }
        }
    }

    [Fact]
    public void An_empty_set_has_no_lowest_number()
    {
        Assert.Null(new RankSet(0).First);
        Assert.Null(new RankSet(64).First);
        Assert.Null(new RankSet(64).NextFrom(64));
    }

    private static IEnumerable<int> MembersOf(RankSet set)
    {
        for (var rank = set.First; rank is { } next; rank = set.NextFrom(next + 1))
            yield return next;
    }
}
