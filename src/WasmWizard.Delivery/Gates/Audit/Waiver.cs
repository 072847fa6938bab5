namespace WasmWizard.Delivery.Gates.Audit;

/// <summary>A known vulnerability that somebody answers for until a day; one entry of the waiver file, faults included.</summary>
/// <param name="Id">The vulnerability, as the database names it.</param>
/// <param name="Package">The package that it was found in.</param>
/// <param name="Reason">Why it may stay.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Expiry">The last day on which it holds, in UTC.</param>
public sealed record Waiver(string? Id, string? Package, string? Reason, string? Owner, DateOnly? Expiry)
{
    /// <summary>Names of the missing fields; empty when the entry is whole.</summary>
    public IReadOnlyList<string> Missing =>
    [
        .. Absent("id", Id), .. Absent("package", Package), .. Absent("reason", Reason), .. Absent("owner", Owner),
        .. Expiry is null ? ["expiry"] : Array.Empty<string>(),
    ];

    public bool Covers(Finding finding, DateTimeOffset now) => Fault(now) is null
        && string.Equals(Id, finding.Id, StringComparison.OrdinalIgnoreCase)
        && string.Equals(Package, finding.Package, StringComparison.OrdinalIgnoreCase);

    /// <summary>Why the entry does not count; null when it does.</summary>
    public string? Fault(DateTimeOffset now)
    {
        if (Missing.Count > 0)
            return $"the waiver of {Name} lacks {string.Join(", ", Missing)}";
        return DateOnly.FromDateTime(now.UtcDateTime) > Expiry ? $"the waiver of {Name} expired on {Expiry:yyyy-MM-dd} (owner: {Owner})" : null;
    }

    private string Name => (Id, Package) switch
    {
        ({ Length: > 0 }, { Length: > 0 }) => $"{Id} in {Package}",
        ({ Length: > 0 }, _) => Id,
        (_, { Length: > 0 }) => Package,
        _ => "an unnamed entry",
    };

    private static string[] Absent(string field, string? value) => string.IsNullOrWhiteSpace(value) ? [field] : [];
}
