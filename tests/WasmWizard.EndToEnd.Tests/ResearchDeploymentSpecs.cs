using System.Text.Json;

namespace WasmWizard.EndToEnd.Tests;

/// <summary>The whole line as README promises it, from a fresh clone to a stopped environment, through the commands that people type.</summary>
[Trait("suite", "complete")]
public sealed class ResearchDeploymentSpecs(FreshClone clone) : IClassFixture<FreshClone>
{
    [ToolFact("git", "curl", "wat2wasm", "clang", "kill", "env")]
    public async Task A_fresh_clone_deploys_serves_rolls_back_and_stops()
    {
        // The run of these tests compiles all the rest and runs its tests itself.
        await clone.KeepOnly(FreshClone.OneRelease);
        var deployed = await Succeeds("Deploy", "--branch", "research");
        Assert.Contains(clone.Address, deployed.Output, StringComparison.Ordinal);
        Assert.Matches(@"tests +Passed +Required", deployed.Output);
        foreach (var gate in new[] { "audit", "format", "coverage", "scan", "benchmark", "docs", "integration", "migrations", "generated" })
            Assert.Matches($@"{gate} +\S.* +(Required|Guarded|Advisory)", deployed.Output);
        await Serves("first deploy");
        var first = await ServingRelease();

        var again = await Succeeds("Deploy", "--branch", "research");
        Assert.Contains("nothing was changed", again.Output, StringComparison.Ordinal);
        Assert.Equal(first.Digest, (await ServingRelease()).Digest);

        await EditLog();
        // With one job the line is shown when the tests start, not when an earlier target has had its say.
        await Interrupted(at: "dotnet test", first, "--jobs", "1");
        // From here on it takes seconds to the end, and what was begun is undone.
        await Interrupted(at: "unpack:", first);
        await Succeeds("Deploy", "--branch", "research");
        await Serves("second release");
        var second = await ServingRelease();
        Assert.NotEqual(first.Commit, second.Commit);

        await BreakTheService("deafening");
        var refused = await clone.Build("Deploy", "--branch", "research");
        Assert.True(refused.ExitCode == 4, refused.ToString());
        Assert.Contains("deafening", refused.Output + refused.Error, StringComparison.Ordinal);
        await Serves("a release that does not start");
        Assert.Equal(second, await ServingRelease(phase: "RolledBack"));

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

    /// <summary>Ctrl+C: what the pipeline started ends, the lock is free, and what served serves.</summary>
    private async Task Interrupted(string at, (string? Commit, string? Digest) serving, params string[] options)
    {
        var interrupted = await clone.Interrupt(at, ["Deploy", "--branch", "research", .. options]);
        Assert.True(interrupted.ExitCode == 130, interrupted.ToString());
        Assert.Empty(clone.RunningBuilds());
        Assert.Contains("The lock is free", (await Succeeds("Unlock", "--branch", "research")).Output, StringComparison.Ordinal);
        await Serves($"interrupted at {at}");
        Assert.Equal(serving, await ServingRelease());
    }

    /// <summary>Gives research another log level and brings what is generated from the strategy up to date.</summary>
    private async Task EditLog()
    {
        await Replace("build/Strategy.cs", "log: \"trace\"", "log: \"debug\"");
        await Succeeds("Generate");
        await clone.Commit("Log debug");
    }

    /// <summary>Its commands work; to serve it does not start.</summary>
    private async Task BreakTheService(string lastWord)
    {
        await Replace("src/WasmWizard.Service/Program.cs", "return await", $"if (args is [])\n    throw new InvalidOperationException(\"{lastWord}\");\n\nreturn await");
        await clone.Commit("Do not start");
    }

    private async Task Replace(string file, string from, string to)
    {
        var path = Path.Combine(clone.Folder, file);
        var text = await File.ReadAllTextAsync(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, text.Replace(from, to, StringComparison.Ordinal));
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

    private async Task<(string? Commit, string? Digest)> ServingRelease(string phase = "Healthy")
    {
        var status = await Succeeds("Status", "--branch", "research", "--json");
        using var json = JsonDocument.Parse(status.Output);
        Assert.Equal(("research", phase), (json.RootElement.GetProperty("environment").GetString(), json.RootElement.GetProperty("phase").GetString()));
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
            ["deploy healthy", "undo healthy", "deploy cancelled", "deploy healthy", "undo healthy", "deploy rolled-back", "rollback healthy"],
            entries.Where(entry => entry.GetProperty("outcome").GetString() is "healthy" or "rolled-back" or "cancelled")
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
