using System.Text.Json;

namespace WasmWizard.EndToEnd.Tests;

/// <summary>The whole line as README promises it, from a fresh clone to a stopped environment, through the commands that people type.</summary>
[Trait("suite", "complete")]
public sealed class ResearchDeploymentSpecs(FreshClone clone) : IClassFixture<FreshClone>
{
    [Fact]
    public async Task A_fresh_clone_deploys_serves_rolls_back_and_stops()
    {
        var deployed = await Succeeds("Deploy", "--branch", "research");
        Assert.Contains(clone.Address, deployed.Output, StringComparison.Ordinal);
        Assert.Matches(@"tests +Passed +Required", deployed.Output);
        Assert.Matches(@"audit +not built +Guarded", deployed.Output);
        await Serves("first deploy");
        var first = await ServingRelease();

        var again = await Succeeds("Deploy", "--branch", "research");
        Assert.Contains("nothing was changed", again.Output, StringComparison.Ordinal);
        Assert.Equal(first.Digest, (await ServingRelease()).Digest);

        await Edit("build/Strategy.cs", "log: \"trace\"", "log: \"debug\"");
        await Succeeds("Deploy", "--branch", "research");
        await Serves("second release");
        Assert.NotEqual(first.Commit, (await ServingRelease()).Commit);

        var rolledBack = await Succeeds("Rollback", "--branch", "research");
        await Serves("after the rollback");
        Assert.Equal(first.Commit, (await ServingRelease()).Commit);
        Assert.Contains("is healthy", rolledBack.Output, StringComparison.Ordinal);

        await HistoryIsChained();
        Assert.NotEmpty((await Succeeds("Logs", "--branch", "research")).Output);
        await ProductionStillLacksGates();

        await Succeeds("Stop", "--branch", "research");
        Assert.NotEqual(0, (await Curl("-sf", $"{clone.Address}/health/live")).ExitCode);
    }

    private async Task<Ended> Succeeds(params string[] arguments)
    {
        var ended = await clone.Build(arguments);
        Assert.True(ended.ExitCode == 0, ended.ToString());
        return ended;
    }

    /// <summary>Replaces one text in a file of the clone; production's row stands first, research's last.</summary>
    private async Task Edit(string file, string from, string to)
    {
        var path = Path.Combine(clone.Folder, file);
        var text = await File.ReadAllTextAsync(path);
        var at = text.LastIndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{file} does not contain {from}");
        await File.WriteAllTextAsync(path, text[..at] + to + text[(at + from.Length)..]);
        var committed = await clone.Run("git", clone.Folder, "-c", "user.name=t", "-c", "user.email=t@example.test", "commit", "--quiet", "--all", "-m", to);
        Assert.True(committed.ExitCode == 0, committed.ToString());
        await Succeeds("Generate");
    }

    private async Task Serves(string when)
    {
        var wat = await Execute(await Wasm.FromWat(clone, "greet.wat"), "");
        Assert.True(wat == "hello from wat\n", $"{when}: {wat}");
        var c = await Execute(await Wasm.FromC(clone, "shout.c"), "quiet words");
        Assert.True(c == "QUIET WORDS", $"{when}: {c}");
    }

    private async Task<string?> Execute(string module, string input)
    {
        var answer = await Curl("-sS", "-F", $"wasm=@{module}", "-F", $"input={input}", $"{clone.Address}/api/execute");
        using var json = JsonDocument.Parse(answer.Output);
        return json.RootElement.GetProperty("output").GetString();
    }

    private Task<Ended> Curl(params string[] arguments) => clone.Run("curl", clone.Folder, arguments);

    private async Task<(string? Commit, string? Digest)> ServingRelease()
    {
        var status = await Succeeds("Status", "--branch", "research", "--json");
        using var json = JsonDocument.Parse(status.Output);
        Assert.Equal(("research", "Healthy"), (json.RootElement.GetProperty("environment").GetString(), json.RootElement.GetProperty("phase").GetString()));
        Assert.Empty(json.RootElement.GetProperty("drift").EnumerateArray());
        var release = json.RootElement.GetProperty("release");
        return (release.GetProperty("commit").GetString(), release.GetProperty("digest").GetString());
    }

    private async Task HistoryIsChained()
    {
        var history = await Succeeds("History", "--branch", "research", "--json");
        using var json = JsonDocument.Parse(history.Output);
        var entries = json.RootElement.GetProperty("entries").EnumerateArray().ToList();
        var previous = new string('0', 64);
        foreach (var (entry, index) in entries.Select((entry, index) => (entry, index)))
        {
            Assert.Equal(index + 1, entry.GetProperty("ordinal").GetInt64());
            Assert.Equal(previous, entry.GetProperty("previousHash").GetString());
            previous = entry.GetProperty("hash").GetString();
        }

        Assert.Equal(
            ["deploy healthy", "deploy healthy", "rollback healthy"],
            entries.Where(entry => entry.GetProperty("outcome").GetString() is "healthy" or "rolled-back")
                .Where(entry => entry.GetProperty("step").ValueKind == JsonValueKind.Null)
                .Select(entry => $"{entry.GetProperty("action").GetString()} {entry.GetProperty("outcome").GetString()}"));
    }

    private async Task ProductionStillLacksGates()
    {
        var explained = await Succeeds("Explain", "--branch", "master", "--json");
        using var json = JsonDocument.Parse(explained.Output);
        Assert.False(json.RootElement.GetProperty("allowed").GetBoolean());
        var audit = json.RootElement.GetProperty("gates").EnumerateArray().Single(gate => gate.GetProperty("name").GetString() == "audit");
        Assert.Equal(("Inconclusive", "Required"), (audit.GetProperty("verdict").GetString(), audit.GetProperty("strength").GetString()));
    }
}
