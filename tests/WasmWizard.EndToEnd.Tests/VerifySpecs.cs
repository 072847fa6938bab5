using System.Text.Json;
using System.Xml.Linq;

namespace WasmWizard.EndToEnd.Tests;

/// <summary>What production asks of a fresh clone: every gate answers, the proudest is broken on purpose, and nothing is asked twice.</summary>
[Trait("suite", "complete")]
[Collection(TwoImages.Tests)]
public sealed class VerifySpecs(TwoImages images) : IAsyncLifetime
{
    private static readonly string[] Gates = ["audit", "format", "tests", "coverage", "scan", "benchmark", "docs", "integration", "migrations", "generated"];

    private FreshClone _clone = null!;
    private string _head = null!;

    public async Task InitializeAsync()
    {
        _clone = await images.Other;
        _head = (await Git("rev-parse", "HEAD")).Trim();
    }

    public Task DisposeAsync() => Git("reset", "--quiet", "--hard", _head);

    [ToolFact("git", "psql", "redis-server")]
    public async Task Every_gate_of_master_answers_removed_tests_turn_one_red_and_a_second_run_answers_from_evidence_as_the_report_does()
    {
        await FormatAlone();
        await _clone.KeepOnly(FreshClone.OneRelease);
        await LetTheBaseHaveNoBenchmarks();

        var first = await Verify();
        Assert.Equal(Gates, first.Keys);
        Assert.All(first.Values, gate => Assert.True(gate.Built && gate.Evidence is not null, $"{gate} was not measured"));
        Assert.Equal("Refused", first["coverage"].Verdict);
        Assert.InRange(first["coverage"].LinesPercent, 1, 84.99m);
        foreach (var name in new[] { "audit", "format", "tests", "benchmark", "docs", "integration", "migrations", "generated" })
            Assert.True(first[name].Verdict == "Passed", first[name].ToString());

        var second = await Verify();
        Assert.All(first.Where(gate => gate.Value.Verdict is "Passed" or "Refused"), gate => Assert.Equal(gate.Value, second[gate.Key]));

        await Succeeds("Report", "--branch", "master");
        var page = XDocument.Load(Path.Combine(_clone.Folder, "artifacts", "report.html"));
        Assert.Equal("production blocked", page.Descendants("h1").Single().Value);
    }

    /// <summary>
    /// Before anything is compiled it has to make ready by itself what it reads: what the build program refers to. Only the program's own sources are
    /// judged: in the run of these tests the compiler has held the others, which take three times as long.
    /// </summary>
    private async Task FormatAlone()
    {
        await File.AppendAllTextAsync(
            Path.Combine(_clone.Folder, ".editorconfig"), "\n[{src,build/engine,build/engine.generators}/**.cs]\ngenerated_code = true\n");
        await _clone.KeepOnly("_build", "WasmWizard.BuildEngine", "WasmWizard.BuildEngine.Generators");
        await Succeeds("Format", "--branch", "master");
        await Git("reset", "--quiet", "--hard", _head);
    }

    /// <summary>Comparing takes minutes; where the commit before has none, the gate sees that they run, and the waiver speaks.</summary>
    private async Task LetTheBaseHaveNoBenchmarks()
    {
        await Git("rm", "-r", "--quiet", "benchmarks/WasmWizard.Benchmarks");
        await _clone.Commit("Take the benchmarks away");
        await Git("-c", "user.name=t", "-c", "user.email=t@example.test", "revert", "--no-edit", "HEAD");
    }

    private async Task<string> Git(params string[] arguments)
    {
        var ended = await _clone.Run("git", _clone.Folder, arguments);
        Assert.True(ended.ExitCode == 0, ended.ToString());
        return ended.Output;
    }

    private async Task Succeeds(params string[] arguments)
    {
        var ended = await _clone.Build(arguments);
        Assert.True(ended.ExitCode == 0, ended.ToString());
    }

    private async Task<Dictionary<string, Gate>> Verify()
    {
        var verified = await _clone.Build("Verify", "--branch", "master", "--advisories", await Advisories(), "--json");
        Assert.True(verified.ExitCode == 3, verified.ToString());
        using var json = JsonDocument.Parse(verified.Output);
        return json.RootElement.GetProperty("gates").EnumerateArray().Select(Gate.Of).ToDictionary(gate => gate.Name);
    }

    /// <summary>Known vulnerabilities of today, so that the answer hangs on no network: one, of a package that nobody uses.</summary>
    private async Task<string> Advisories()
    {
        var file = Path.Combine(Path.GetDirectoryName(_clone.Folder)!, "advisories.json");
        if (!File.Exists(file))
            await File.WriteAllTextAsync(file, $$"""
                {"id":"X-1","modified":"{{DateTimeOffset.UtcNow:O}}","affected":[{"package":{"ecosystem":"NuGet","name":"Unrelated"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"}]}]}]}
                """);
        return file;
    }

    private sealed record Gate(string Name, string Verdict, bool Built, string Reason, string? Evidence, string? At, decimal LinesPercent)
    {
        public static Gate Of(JsonElement json) => new(
            json.GetProperty("name").GetString()!,
            json.GetProperty("verdict").GetString()!,
            json.GetProperty("built").GetBoolean(),
            json.GetProperty("reason").GetString()!,
            json.GetProperty("evidence").GetString(),
            json.GetProperty("at").GetString(),
            json.GetProperty("measurements").TryGetProperty("linesPercent", out var lines) ? lines.GetDecimal() : 0);
    }
}
