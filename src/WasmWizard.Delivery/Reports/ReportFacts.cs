using System.Text.Json;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Benchmark;
using WasmWizard.Delivery.Gates.Coverage;
using WasmWizard.Delivery.Ledger;

namespace WasmWizard.Delivery.Reports;

/// <summary>Everything that the page tells. What could not be gathered is null or empty, and the page says so.</summary>
public sealed record ReportFacts
{
    public required string Branch { get; init; }

    public required string Commit { get; init; }

    public required string Tree { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Verification Verification { get; init; }

    public CoverageReport? Coverage { get; init; }

    public IReadOnlyList<ReportFinding> Findings { get; init; } = [];

    public BenchmarkFacts? Benchmarks { get; init; }

    /// <summary>The environment's ledger; null where this machine does not hold it.</summary>
    public LedgerChain? History { get; init; }
}

/// <summary>The comparisons with the margin that they were judged by.</summary>
public sealed record BenchmarkFacts(decimal MarginPercent, IReadOnlyList<BenchmarkComparison> Comparisons);

/// <summary>One thing that a gate found, whichever gate it was.</summary>
/// <param name="Gate">Who found it.</param>
/// <param name="Severity">HIGH, MEDIUM, ...; empty for gates that do not grade.</param>
/// <param name="Rule">The vulnerability's or rule's id; empty where there is none.</param>
/// <param name="Found">What is there.</param>
/// <param name="Where">A file, or an image's layer; empty when the text says it.</param>
/// <param name="Fix">What to change or upgrade to; empty when unknown.</param>
public sealed record ReportFinding(GateId Gate, string Severity, string Rule, string Found, string Where, string Fix)
{
    /// <summary>Reads <c>findings[]{rule,severity,file,found,fix}</c> as audit and scan leave them; null when the text is no such document.</summary>
    public static IReadOnlyList<ReportFinding>? Parse(GateId gate, string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return
            [
                .. document.RootElement.GetProperty("findings").EnumerateArray().Select(finding => new ReportFinding(
                    gate, Word(finding, "severity"), Word(finding, "rule"), Word(finding, "found"), Word(finding, "file"), Word(finding, "fix"))),
            ];
        }
        catch (Exception torn) when (torn is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }

        static string Word(JsonElement finding, string name) => finding.GetProperty(name).GetString() ?? "";
    }

    /// <summary>One finding a line, as gates leave them that do not grade.</summary>
    public static IReadOnlyList<ReportFinding> Lines(GateId gate, string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => new ReportFinding(gate, "", "", line, "", ""))];
}
