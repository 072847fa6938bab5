using System.Text.Json;
using System.Text.Json.Serialization;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Audit;

namespace WasmWizard.Delivery.SupplyChain;

/// <summary>
/// A gate's answer with its findings as contracts.md shapes them, e.g.
/// <c>{"gate":"audit","verdict":"Refused","reason":"…","findings":[{"rule":"GHSA-…","severity":"HIGH","file":"src/App/App.csproj","line":null,
/// "promised":"no HIGH or CRITICAL","found":"Newtonsoft.Json 12.0.1 in (, 13.0.1)","fix":"13.0.1"}]}</c>.
/// </summary>
public static class FindingsJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="rule">Whose demand is promised.</param>
    /// <param name="result">The gate's answer.</param>
    /// <param name="findings">In the order in which people should read them.</param>
    public static string Write(GateRule rule, GateResult result, IEnumerable<Finding> findings) => JsonSerializer.Serialize(
        new
        {
            Gate = rule.Gate.ToString(),
            Verdict = result.Verdict.ToString(),
            result.Reason,
            result.Fix,
            result.Measurements,
            Findings = findings.Select(finding => new
            {
                Rule = finding.Id,
                Severity = finding.Counted.Word(),
                File = finding.Where,
                Line = (int?)null,
                Promised = rule.Demand,
                Found = finding.Range.Length > 0 ? $"{finding.Package} {finding.Version} in {finding.Range}" : $"{finding.Package} {finding.Version}",
                Fix = finding.FixedVersion,
            }),
        },
        Options) + "\n";
}
