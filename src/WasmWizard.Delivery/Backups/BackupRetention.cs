namespace WasmWizard.Delivery.Backups;

/// <summary>
/// Which backups are kept: the last few whatever their age, and further back the newest of each day and of each week. A backup is removed
/// only after a newer one was proven, and the newest is never removed.
/// </summary>
/// <param name="Last">The newest, at least one.</param>
/// <param name="Days">Days back from the newest backup of which one is kept each.</param>
/// <param name="Weeks">Weeks (of seven days, from Monday) back of which one is kept each.</param>
public sealed record BackupRetention(int Last, int Days, int Weeks)
{
    /// <summary>Ten deploys, two weeks by the day, two months by the week.</summary>
    public static BackupRetention Default { get; } = new(Last: 10, Days: 14, Weeks: 8);

    /// <summary>What is kept no longer, oldest first.</summary>
    /// <param name="taken">When the backups were taken (UTC), in any order.</param>
    public IReadOnlyList<DateTimeOffset> Superfluous(IEnumerable<DateTimeOffset> taken)
    {
        var newestFirst = taken.Distinct().OrderDescending().ToList();
        if (newestFirst.Count == 0)
        {
            return [];
        }

        var newest = newestFirst[0];
        var kept = newestFirst.Take(Math.Max(Last, 1))
            .Concat(NewestOfEach(newestFirst, Day, Day(newest) - Days))
            .Concat(NewestOfEach(newestFirst, Week, Week(newest) - Weeks))
            .ToHashSet();
        return [.. newestFirst.Where(backup => !kept.Contains(backup)).Reverse()];
    }

    private static IEnumerable<DateTimeOffset> NewestOfEach(IEnumerable<DateTimeOffset> newestFirst, Func<DateTimeOffset, long> period, long before) =>
        newestFirst.GroupBy(period).Where(group => group.Key > before).Select(group => group.First());

    private static long Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime).DayNumber;

    // Day 0 of the calendar is a Monday.
    private static long Week(DateTimeOffset at) => Day(at) / 7;
}
