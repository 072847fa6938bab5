using WasmWizard.Delivery.Backups;

namespace WasmWizard.Delivery.Tests.Backups;

public class BackupRetentionSpecs
{
    /// <summary>A Wednesday.</summary>
    private static readonly DateTimeOffset Newest = new(2026, 7, 15, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_newest_are_kept_whatever_their_age()
    {
        var taken = Enumerable.Range(0, 6).Select(index => Newest.AddMinutes(-index)).ToList();

        Assert.Equal([taken[5], taken[4], taken[3]], new BackupRetention(3, 0, 0).Superfluous(taken));
    }

    [Fact]
    public void Further_back_the_newest_of_each_day_stays()
    {
        var taken = Enumerable.Range(0, 72).Select(index => Newest.AddHours(-index)).ToList();

        var kept = taken.Except(new BackupRetention(1, 3, 0).Superfluous(taken));

        Assert.Equal([Newest, new(2026, 7, 14, 23, 0, 0, TimeSpan.Zero), new(2026, 7, 13, 23, 0, 0, TimeSpan.Zero)], kept);
    }

    [Fact]
    public void And_then_the_newest_of_each_week()
    {
        var taken = Enumerable.Range(0, 28).Select(index => Newest.AddDays(-index)).ToList();

        var kept = taken.Except(new BackupRetention(1, 0, 3).Superfluous(taken)).Select(at => at.DayOfWeek + " " + at.Day);

        Assert.Equal(["Wednesday 15", "Sunday 12", "Sunday 5"], kept);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(-1, -1, -1)]
    public void The_newest_is_never_removed(int last, int days, int weeks) =>
        Assert.DoesNotContain(Newest, new BackupRetention(last, days, weeks).Superfluous([Newest, Newest.AddYears(-1)]));

    [Fact]
    public void Random_histories_keep_what_the_rule_says()
    {
        const int seed = 20260715;
        var random = new Random(seed);
        for (var history = 0; history < 200; history++)
        {
            var rule = new BackupRetention(random.Next(1, 6), random.Next(0, 10), random.Next(0, 6));
            var taken = Enumerable.Range(0, random.Next(1, 60)).Select(_ => Newest.AddMinutes(-random.Next(60 * 24 * 60))).Distinct().ToList();

            var removed = rule.Superfluous(taken);

            var kept = taken.Except(removed).ToList();
            Assert.True(kept.Count >= Math.Min(rule.Last, taken.Count), $"seed {seed}, history {history}");
            // Applied again, it removes nothing more: what is kept does not depend on how often one prunes.
            Assert.True(rule.Superfluous(kept).Count == 0, $"seed {seed}, history {history}");
        }
    }

    [Fact]
    public void Of_nothing_nothing_is_removed() => Assert.Empty(BackupRetention.Default.Superfluous([]));
}
