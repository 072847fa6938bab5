namespace WasmWizard.Service.Limits;

/// <summary>At most <paramref name="Limit"/> requests within any stretch of <paramref name="Length"/>.</summary>
/// <param name="Name">minute or day.</param>
public sealed record RateWindow(string Name, long Limit, TimeSpan Length)
{
    /// <summary>The windows of a tier; none where it is not limited.</summary>
    public static IReadOnlyList<RateWindow> Of(Accounts.Tier tier)
    {
        if (tier is { ExecutionsPerMinute: null, ExecutionsPerDay: null })
            return [];
        var windows = new List<RateWindow>(2);
        if (tier.ExecutionsPerMinute is { } minute)
            windows.Add(new RateWindow("minute", minute, TimeSpan.FromMinutes(1)));
        if (tier.ExecutionsPerDay is { } day)
            windows.Add(new RateWindow("day", day, TimeSpan.FromDays(1)));
        return windows;
    }
}
