namespace WasmWizard.Delivery.Gates.Audit;

/// <summary>Findings counted by the severity that the policy goes by.</summary>
internal static class FindingTally
{
    /// <summary>Clocks of two honest machines differ by less than this; data from further ahead says that one of them is wrong.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(10);

    /// <summary>For people, worst first, e.g. <c>1 CRITICAL, 2 LOW</c>.</summary>
    public static string Sentence(IReadOnlyList<Finding> findings) => findings.Count == 0
        ? "no known vulnerability"
        : string.Join(", ", findings.GroupBy(finding => finding.Counted).OrderByDescending(group => group.Key).Select(group => $"{group.Count()} {group.Key.Word()}"));

    /// <summary>The first three and how many more.</summary>
    public static string Some(IReadOnlyCollection<string> items) => string.Join("; ", items.Take(3)) + (items.Count > 3 ? $" and {items.Count - 3} more" : "");

    /// <summary>One measurement per severity, zeros included.</summary>
    public static Dictionary<string, decimal> Measurements(IReadOnlyList<Finding> findings) => Enum.GetValues<Severity>()
        .ToDictionary(severity => severity.ToString().ToLowerInvariant(), severity => (decimal)findings.Count(finding => finding.Counted == severity));
}
