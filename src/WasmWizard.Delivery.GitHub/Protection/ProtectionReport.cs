using System.Buffers;
using System.Text;
using System.Text.Json;

namespace WasmWizard.Delivery.GitHub.Protection;

/// <summary>A review for people and for programs.</summary>
public static class ProtectionReport
{
    /// <summary>What is not as wanted, each with its way out, and the counts.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<ProtectionFinding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        return
        [
            .. findings.Where(finding => finding.State != ProtectionState.Match).Select(finding => finding.ToString()),
            $"{Count(findings, ProtectionState.Match)} match, {Count(findings, ProtectionState.Drift)} drift, {Count(findings, ProtectionState.Unknown)} unknown",
        ];
    }

    /// <summary>Only when every setting was seen and is as wanted.</summary>
    public static bool IsWhole(IReadOnlyList<ProtectionFinding> findings) => findings.All(finding => finding.State == ProtectionState.Match);

    /// <summary>What to do about it.</summary>
    public static string Next(IReadOnlyList<ProtectionFinding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var names = findings.Any(finding => finding.State == ProtectionState.Drift
            && (finding.Setting.EndsWith(".secrets", StringComparison.Ordinal) || finding.Setting.EndsWith(".variables", StringComparison.Ordinal)));
        return string.Join("; ", new[]
        {
            findings.Any(finding => finding.State == ProtectionState.Drift) ? "./build.sh Protect --apply" : "",
            names ? "gh secret set NAME --env ENVIRONMENT and gh variable set for the names: their values are not the strategy's to know" : "",
            findings.Any(finding => finding.State == ProtectionState.Drift && finding.Setting.EndsWith(".can_admins_bypass", StringComparison.Ordinal))
                ? "whether administrators may pass an environment by can only be set on its page in the settings" : "",
            findings.Any(finding => finding.State == ProtectionState.Unknown) ? "a token with the right 'administration: read' sees what is unknown" : "",
        }.Where(part => part.Length > 0));
    }

    /// <summary><c>{"whole":false,"match":1,"drift":1,"unknown":0,"settings":[{"setting":"...","state":"drift","wanted":"...","found":"..."}]}</c></summary>
    public static string Json(IReadOnlyList<ProtectionFinding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteBoolean("whole", IsWhole(findings));
            foreach (var state in Enum.GetValues<ProtectionState>())
                json.WriteNumber(Word(state), Count(findings, state));
            json.WriteStartArray("settings");
            foreach (var finding in findings)
            {
                json.WriteStartObject();
                json.WriteString("setting", finding.Setting);
                json.WriteString("state", Word(finding.State));
                json.WriteString("wanted", finding.Wanted);
                json.WriteString("found", finding.Found);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static int Count(IReadOnlyList<ProtectionFinding> findings, ProtectionState state) => findings.Count(finding => finding.State == state);

    private static string Word(ProtectionState state) => state.ToString().ToLowerInvariant();
}
