namespace WasmWizard.Delivery.Gates.Audit;

/// <summary>How bad a vulnerability is, in the order of harm; <see cref="Unknown"/> says that nobody has judged it, not that it is harmless.</summary>
public enum Severity
{
    Unknown,
    Low,
    Medium,
    High,
    Critical,
}

/// <summary>The words that databases and scanners use for severities.</summary>
public static class SeverityWords
{
    /// <summary>Reads a database's own word in any case, e.g. <c>MODERATE</c> or <c>Negligible</c>; a foreign word is <see cref="Severity.Unknown"/>.</summary>
    public static Severity Read(string? word) => word?.ToUpperInvariant() switch
    {
        "CRITICAL" => Severity.Critical,
        "HIGH" => Severity.High,
        "MEDIUM" or "MODERATE" => Severity.Medium,
        "LOW" or "NEGLIGIBLE" => Severity.Low,
        _ => Severity.Unknown,
    };

    /// <summary>The upper-case word of the policy, e.g. <c>HIGH</c>.</summary>
    public static string Word(this Severity severity) => severity.ToString().ToUpperInvariant();
}
