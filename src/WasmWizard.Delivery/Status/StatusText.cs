namespace WasmWizard.Delivery.Status;

/// <summary>The state of an environment for people: a few aligned lines.</summary>
public static class StatusText
{
    private const int Column = 8;

    public static IReadOnlyList<string> Lines(EnvironmentStatus status)
    {
        var release = status.Release;
        (string Head, string? Value)[] rows =
        [
            (status.Environment.ToString().ToLowerInvariant(), status.Phase == EnvironmentPhase.None ? "nothing serves" : status.Phase.ToString()),
            ("url", status.Url?.ToString()),
            ("release", release is null ? null : $"{release.Id} ({release.Version})"),
            ("commit", release?.Commit),
            ("digest", release?.Digest.ToString()),
            ("since", status.Since?.ToString("u", System.Globalization.CultureInfo.InvariantCulture)),
            ("by", status.By),
        ];
        return
        [
            .. rows.Where(row => row.Value is not null).Select(row => $"{row.Head.PadRight(Column)}  {row.Value}"),
            .. status.Drift.Select(drift => $"{"drift".PadRight(Column)}  {drift}"),
        ];
    }
}
