using System.Text.Json.Nodes;

namespace WasmWizard.Tests.BuildEngine.Targets;

/// <summary>Rules 3 to 5: what is left out. Follows NUKE; a throwing static condition fails the target before anything runs, which is stricter.</summary>
public sealed class SkipSpecs : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    private sealed class Chain : HookedBuild
    {
        private Target Restore => _ => _.Executes(Note("Restore"));
        private Target Compile => _ => _.DependsOn(Restore).Executes(Note("Compile"));
        public Target Test => _ => _.DependsOn(Compile).Executes(Note("Test"));
        private Target Pack => _ => _.DependsOn(Compile).Executes(Note("Pack"));
    }

    private static string Ran(RunResult result) => string.Join(' ', result.Notes.Where(note => !note.Contains(':', StringComparison.Ordinal)));

    [Theory]
    [InlineData("Test --skip Compile", "Test")]
    [InlineData("Test --skip", "Test")]
    [InlineData("Test Restore --skip", "Restore Test")]
    [InlineData("Test Pack --skip Test", "Restore Compile Pack Test")]
    [InlineData("Test --skip restore", "Compile Test")]
    [InlineData("Test --skip Restore+Compile", "Test")]
    public void Skipping_walks_down_to_what_nothing_else_needs_and_spares_what_is_invoked(string commandLine, string ran) =>
        Assert.Equal(ran, Ran(_sandbox.Run<Chain>(commandLine)));

    [Fact]
    public void A_default_target_counts_as_not_invoked() => Assert.Equal("", Ran(_sandbox.Run<Chain>("--skip", x => x.Test)));

    [Fact]
    public void The_summary_says_why()
    {
        var result = _sandbox.Run<Chain>("Test --skip Compile");
        Assert.Contains("via parameter", result.Out);
        Assert.Contains("because of Compile", result.Out);
        Assert.Contains("skipped:Compile", result.Notes);
        Assert.Contains("skipped:Restore", result.Notes);
    }

    private sealed class Conditions : HookedBuild
    {
        [Parameter] private readonly bool Yes;

        private Target Deep => _ => _.Executes(Note("Deep"));
        private Target Shared => _ => _.Executes(Note("Shared"));
        private Target Kept => _ => _.DependsOn(Deep).OnlyWhenStatic(() => Yes).WhenSkipped(DependencyBehavior.Execute).Executes(Note("Kept"));
        private Target Off => _ => _.DependsOn(Deep, Shared).OnlyWhenStatic(() => Yes, "the switch").OnlyWhenStatic(() => true).Requires(() => Missing).Executes(Note("Off"));
        private Target Known => _ => _.DependsOn(Deep).Unless(() => !Yes, "it is known").Executes(Note("Known"));
        private Target UsesShared => _ => _.DependsOn(Shared).Executes(Note("UsesShared"));
        private Target Top => _ => _.DependsOn(Off).Executes(Note("Top"));
        private Target Late => _ => _.DependsOn(Deep).OnlyWhenDynamic(() => Yes).Triggers(After).Executes(Note("Late"));
        private Target After => _ => _.Executes(Note("After"));
        private Target Throws => _ => _.DependsOn(Deep).OnlyWhenStatic(() => Explode()).Executes(Note("Throws"));
        private Target ThrowsLate => _ => _.DependsOn(Deep).OnlyWhenDynamic(() => Explode()).Executes(Note("ThrowsLate"));

        [Parameter] private readonly string? Missing;

        private static bool Explode() => throw new InvalidOperationException("condition broke");
    }

    [Theory]
    [InlineData("Top", "Top")]
    [InlineData("Top UsesShared", "Shared UsesShared Top")]
    [InlineData("Kept", "Deep")]
    [InlineData("Known", "")]
    [InlineData("Known --yes", "Deep Known")]
    [InlineData("Late", "Deep")]
    [InlineData("Late --yes", "Deep Late After")]
    public void A_false_condition_skips_the_target_and_what_only_it_needs(string commandLine, string ran)
    {
        var result = _sandbox.Run<Conditions>(commandLine);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(ran.Split(' ').Order(), Ran(result).Split(' ').Order());
    }

    [Fact]
    public void An_invoked_target_does_not_survive_its_own_condition_and_its_requirements_are_not_checked()
    {
        var result = _sandbox.Run<Conditions>("Off");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("", Ran(result));
        Assert.Contains("// not met: the switch" + Environment.NewLine, result.Out);
    }

    [Fact]
    public void A_reason_is_told_as_what_is_so()
    {
        Assert.Contains("// it is known" + Environment.NewLine, _sandbox.Run<Conditions>("Known").Out);
        Assert.Contains("Known  asked for; unless it is known", _sandbox.Run<Conditions>("Known --plan").Out);
        Assert.Contains("Is skipped, before anything runs, when it is known.", _sandbox.Run<Conditions>("Known --explain Known").Out);
        Assert.Contains("it is known", JsonNode.Parse(_sandbox.Run<Conditions>("Known --plan --json").Out)!["plan"]!.AsArray().Single(target => (string?)target!["name"] == "Known")!["unless"]!.ToJsonString());
    }

    [Fact]
    public void A_dynamic_skip_comes_too_late_for_dependencies_but_not_for_triggers()
    {
        var result = _sandbox.Run<Conditions>("Late");
        Assert.Contains("skipped:Late", result.Notes);
        Assert.Contains("because of Late", result.Out);
    }

    [Fact]
    public void A_throwing_static_condition_fails_before_anything_runs()
    {
        var result = _sandbox.Run<Conditions>("Throws");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("", Ran(result));
        Assert.Contains("condition broke", result.Out);
    }

    [Fact]
    public void A_throwing_dynamic_condition_fails_the_target()
    {
        var result = _sandbox.Run<Conditions>("ThrowsLate");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("Deep", Ran(result));
        Assert.Contains("InvalidOperationException: condition broke", result.Out);
    }
}
