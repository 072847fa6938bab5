using System.Text.Json;

namespace WasmWizard.Delivery.Checking.Reports;

/// <summary>
/// Findings as contracts.md shapes them, e.g. <c>{"findings":[{"rule":"WW6201","severity":"error","file":".github/workflows/ci.yml","line":9,
/// "promised":"…","found":"cargo audit || true","fix":"…"}]}</c>.
/// </summary>
public static class CheckJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(IEnumerable<CheckFinding> findings) => JsonSerializer.Serialize(
        new
        {
            Findings = findings.Select(finding => new
            {
                finding.Rule,
                Severity = CheckText.Word(finding.Severity),
                finding.File,
                finding.Line,
                finding.Promised,
                finding.Found,
                finding.Fix,
            }),
        },
        Options) + "\n";
}
