namespace WasmWizard.Tests.BuildEngine.Targets;

/// <summary>Targets as interface members with default bodies, and in base classes. Follows NUKE.</summary>
public sealed class ComponentSpecs : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    public interface IFetch : INukeBuild
    {
        Target Fetch => _ => _.Description("Fetch things").Executes(() => Notes.Add($"Fetch {Times}"));

        [Parameter("How often")] int Times => TryGetValue<int?>(() => Times) ?? 1;
    }

    public interface IMake : IFetch
    {
        Target Make => _ => _.DependsOn(Fetch).Executes(() => Notes.Add($"Make {Kind}"));

        [Parameter] string Kind => TryGetValue(() => Kind) ?? "plain";
    }

    public interface ICheck : INukeBuild
    {
        Target Check => _ => _.TryDependsOn<IMake>(x => x.Make).TryAfter<IFetch>(x => x.Fetch).TryBefore<IAbsent>().TryDependentFor<IAbsent>().TryTriggers<IAbsent>().TryTriggeredBy<IAbsent>().TryConsumes<IAbsent>().Executes(() => Notes.Add("Check"));
    }

    public interface IAbsent : INukeBuild
    {
        Target Absent => _ => _;
    }

    public interface ITwo : INukeBuild
    {
        Target One => _ => _;

        Target Two => _ => _;
    }

    private sealed class Plain : NotingBuild, IMake, ICheck
    {
        public Target Ship => _ => _.DependsOn<IMake>(x => x.Make).Executes(Note("Ship"));
        private Target OnlyFetch => _ => _.DependsOn<IFetch>().Executes(Note("OnlyFetch"));
    }

    [Theory]
    [InlineData("Ship", "Fetch 1,Make plain,Ship")]
    [InlineData("Ship --times 3 --kind round", "Fetch 3,Make round,Ship")]
    [InlineData("Check", "Fetch 1,Make plain,Check")]
    [InlineData("OnlyFetch", "Fetch 1,OnlyFetch")]
    [InlineData("Fetch", "Fetch 1")]
    public void Default_bodies_are_targets_and_parameters_of_the_build(string commandLine, string order) =>
        Assert.Equal(order, string.Join(',', _sandbox.Run<Plain>(commandLine).Notes));

    private sealed class Lonely : NotingBuild, ICheck
    {
        private Target Demands => _ => _.DependsOn<IMake>(x => x.Make);
    }

    private sealed class OnlyCheck : NotingBuild, ICheck;

    [Fact]
    public void Try_forms_do_nothing_without_the_component_and_the_others_are_a_mistake()
    {
        Assert.Equal("Check", _sandbox.Run<OnlyCheck>("Check").Order);
        var result = _sandbox.Run<Lonely>("Check");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Target Demands names targets of IMake, which Lonely does not implement", result.Err);
    }

    private sealed class Vague : NotingBuild, ITwo
    {
        private Target Any => _ => _.DependsOn<ITwo>();
    }

    [Fact]
    public void Naming_a_component_with_two_targets_without_saying_which_is_a_mistake() =>
        Assert.Contains("without saying which of its 2 targets (One, Two)", _sandbox.Run<Vague>("Any").Err);

    private sealed class Extends : NotingBuild, IMake
    {
        Target IMake.Make => _ => _.Inherit<IMake>(x => x.Make).Executes(Note("more"));

        Target IFetch.Fetch => _ => _.Inherit<IFetch>().Description("Fetch more").Executes(Note("fetched more"));

        string IMake.Kind => "fixed";

        private Target Ship => _ => _.DependsOn<IMake>(x => x.Make).Inherit(Extra).Executes(Note("Ship"));

        private Target Extra => _ => _.Executes(Note("Extra"));
    }

    [Fact]
    public void An_explicit_implementation_builds_on_the_default_body_without_running_it_twice() =>
        Assert.Equal(["Fetch 1", "fetched more", "Make fixed", "more", "Extra", "Ship"], _sandbox.Run<Extends>("Ship").Notes);

    [Fact]
    public void The_help_shows_a_reimplemented_target_once()
    {
        var help = _sandbox.Run<Extends>("--help").Out;
        Assert.Contains("Fetch more", help);
        Assert.DoesNotContain("Fetch things", help);
    }

    public interface IReopen : IMake
    {
        Target IFetch.Fetch => _ => _.Executes(() => Notes.Add("reopened"));
    }

    private sealed class Reopened : NotingBuild, IReopen;

    [Fact]
    public void A_component_can_replace_the_body_of_another_one() => Assert.Equal("reopened,Make plain", string.Join(',', _sandbox.Run<Reopened>("Make").Notes));

    private abstract class BaseBuild : NotingBuild
    {
        protected virtual Target Work => _ => _.Executes(Note("base work"));

        private Target Hidden => _ => _.Executes(Note("hidden in base"));

        public Target Shown => _ => _.DependsOn(Hidden);
    }

    private class MiddleBuild : BaseBuild
    {
        protected override Target Work => _ => _.Base().Executes(Note("middle work"));
    }

    private sealed class Derived : MiddleBuild
    {
        protected override Target Work => _ => _.Base().Executes(Note("derived work"));

        private Target NoBase => _ => _;
    }

    [Fact]
    public void Base_adds_the_bodies_of_base_classes_in_order()
    {
        Assert.Equal(["base work", "middle work", "derived work"], _sandbox.Run<Derived>("Work").Notes);
        Assert.Equal(["hidden in base"], _sandbox.Run<Derived>("Shown").Notes);
    }

    private sealed class Baseless : NotingBuild
    {
        private Target Any => _ => _.Base();
    }

    [Fact]
    public void Base_without_a_base_is_a_mistake() => Assert.Contains("Target Any calls Base(), but no base class defines it", _sandbox.Run<Baseless>("Any").Err);

    public interface IOtherFetch : INukeBuild
    {
        Target Fetch => _ => _;
    }

    private sealed class Ambiguous : NotingBuild, IFetch, IOtherFetch;

    [Fact]
    public void One_name_in_two_components_has_to_be_implemented()
    {
        var result = _sandbox.Run<Ambiguous>("Fetch");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Target Fetch is declared by IFetch and by IOtherFetch", result.Err);
    }

    public interface IAllEdges : INukeBuild
    {
        Target Middle => _ => _.Executes(() => Notes.Add("Middle"));
    }

    private sealed class AllEdges : NotingBuild, IAllEdges
    {
        private Target Before => _ => _.Before<IAllEdges>().Executes(Note("Before"));
        private Target After => _ => _.After<IAllEdges>(x => x.Middle).Executes(Note("After"));
        private Target Feeds => _ => _.DependentFor<IAllEdges>().Produces(RootDirectory / "*.txt", "out/*.bin").Executes(Note("Feeds"));
        private Target Starts => _ => _.Triggers<IAllEdges>().Executes(Note("Starts"));
        private Target Follows => _ => _.TriggeredBy<IAllEdges>().Consumes<IAllEdges>().Consumes<IAllEdges>(x => x.Middle, "*.x").Consumes(Feeds).Consumes(Feeds, "*.txt").Partition(2).Executes(() =>
        {
            var self = ExecutionPlan.Single(target => target.Name == nameof(Follows));
            Notes.Add($"{self.PartitionSize} {self.ArtifactDependencies.Count} {self.TriggerDependencies.Single()} {ExecutionPlan.Single(target => target.Name == nameof(Feeds)).ArtifactProducts.Count}");
        });
    }

    [Fact]
    public void Every_edge_can_name_a_component()
    {
        var notes = _sandbox.Run<AllEdges>("Before After Starts").Notes.ToList();
        Assert.Equal(["2 4 Middle 2", "After", "Before", "Feeds", "Middle", "Starts"], notes.Order(StringComparer.Ordinal));
        foreach (var (first, second) in new[] { ("Before", "Middle"), ("Feeds", "Middle"), ("Starts", "Middle"), ("Middle", "After"), ("Middle", "2 4 Middle 2") })
            Assert.True(notes.IndexOf(first) < notes.IndexOf(second), $"{first} before {second}");
    }
}
