using System.Text.Json;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Audit;
using WasmWizard.Delivery.SupplyChain.Scan;
using WasmWizard.Delivery.SupplyChain.Tools;

namespace WasmWizard.Delivery.SupplyChain.Tests.Scan;

public sealed class SarifSpecs : IDisposable
{
    private static readonly Finding[] Findings =
    [
        new("CVE-2", "zlib1g", "1:1.3", Severity.Unknown) { IsMissingUpdate = true, FixedVersion = "1:1.4", Where = "var/lib/dpkg/status.d/zlib1g" },
        new("CVE-1", "tzdata", "2025b", Severity.Low) { Where = "image (debian 13)" },
        new("CVE-1", "libc6", "2.41", Severity.Critical) { Where = "var/lib/dpkg/status.d/libc6" },
        new("CVE-3", "Sample", "1.0.0", Severity.Medium) { Where = "src/App/App.csproj" },
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Findings_become_results_of_rules_with_levels()
    {
        var run = JsonNode.Parse(SarifLog.Write(GateId.Scan, "embedded", Findings))!["runs"]![0]!;

        Assert.Equal(["CVE-1", "CVE-2", "CVE-3"], run["tool"]!["driver"]!["rules"]!.AsArray().Select(rule => (string?)rule!["id"]));
        Assert.Equal("9.0", (string?)run["tool"]!["driver"]!["rules"]![0]!["properties"]!["security-severity"]);
        Assert.Equal(["0 error", "0 note", "1 error", "2 warning"], run["results"]!.AsArray().Select(result => $"{result!["ruleIndex"]} {result["level"]}"));
        Assert.Contains("Fixed in 1:1.4.", (string?)run["results"]![2]!["message"]!["text"], StringComparison.Ordinal);
        Assert.Contains("No fixed version", (string?)run["results"]![0]!["message"]!["text"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_findings_give_the_same_bytes_in_any_order() =>
        Assert.Equal(SarifLog.Write(GateId.Scan, "embedded", Findings), SarifLog.Write(GateId.Scan, "embedded", Findings.Reverse()));

    [ToolFact("npm", "node")]
    [Trait("suite", "complete")]
    public async Task A_validator_of_others_accepts_it_and_rejects_what_was_changed()
    {
        var modules = await NpmTools.InstallAsync("sarif-multitool-5.7.0", "@microsoft/sarif-multitool@5.7.0");
        var sarif = SarifLog.Write(GateId.Scan, "embedded", Findings);

        Assert.Empty(await Errors(SarifLog.Write(GateId.Scan, "embedded", [])));
        Assert.Empty(await Errors(sarif));
        Assert.NotEmpty(await Errors(sarif.Replace("\"ruleIndex\": 2", "\"ruleIndex\": 7", StringComparison.Ordinal)));
        Assert.NotEmpty(await Errors(sarif.Replace("\"message\"", "\"massage\"", StringComparison.Ordinal)));

        async Task<string[]> Errors(string text)
        {
            var (input, report) = (_folder.Write($"{Guid.NewGuid():N}.sarif", text), _folder[$"{Guid.NewGuid():N}.report"]);
            var output = await Tool.Find("node")!.RunAsync(
                [Path.Combine(modules, "node_modules", "@microsoft", "sarif-multitool", "bin.js"), "validate", input, "--output", report], modules);
            Assert.True(File.Exists(report), output.Errors + output.Text);
            using var document = JsonDocument.Parse(await File.ReadAllTextAsync(report));
            var run = document.RootElement.GetProperty("runs")[0];
            return
            [
                .. run.GetProperty("results").EnumerateArray()
                    .Where(result => (result.TryGetProperty("level", out var level) ? level.GetString() : "warning") == "error")
                    .Select(result => result.GetProperty("ruleId").GetString()!),
            ];
        }
    }
}
