namespace WasmWizard.Tests.BuildEngine.Targets;

/// <summary>Attributes of a build that take part in its runs. Follows NUKE.</summary>
public sealed class ExtensionSpecs : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    private sealed class WatchAttribute(string name) : BuildExtensionAttributeBase,
        IOnBuildCreated, IOnBuildInitialized, IOnTargetRunning, IOnTargetSkipped, IOnTargetSucceeded, IOnTargetFailed, IOnTargetSummaryUpdated, IOnBuildFinished
    {
        public void OnBuildCreated(IReadOnlyCollection<ExecutableTarget> executableTargets) => Tell($"created {executableTargets.Count}");

        public void OnBuildInitialized(IReadOnlyCollection<ExecutableTarget> executableTargets, IReadOnlyCollection<ExecutableTarget> executionPlan) => Tell($"initialized {executionPlan.Count} {Build.RootDirectory.Exists()}");

        public void OnTargetRunning(ExecutableTarget target) => Tell($"running {target.Name}");

        public void OnTargetSkipped(ExecutableTarget target) => Tell($"skipped {target.Name}");

        public void OnTargetSucceeded(ExecutableTarget target) => Tell($"succeeded {target.Name}");

        public void OnTargetFailed(ExecutableTarget target) => Tell($"failed {target.Name}");

        public void OnTargetSummaryUpdated(INukeBuild build, ExecutableTarget target) => Tell($"summary {target.SummaryInformation.Count}");

        public void OnBuildFinished() => Tell("finished");

        private void Tell(string text) => Notes.Add($"{name}: {text}");
    }

    [Watch("component", Priority = 2)]
    public interface IWatched : INukeBuild;

    [Watch("class", Priority = 1)]
    private sealed class Watched : HookedBuild, IWatched
    {
        private Target Fine => _ => _.Executes(() => ReportSummary(_ => _.AddPair("One", 1)));
        private Target Off => _ => _.OnlyWhenStatic(() => false).Executes(Note("Off"));
        private Target Broken => _ => _.After(Fine, Off).Executes(() => throw new InvalidOperationException("broke"));
    }

    [Fact]
    public void Extensions_hear_everything_by_priority_and_before_the_build_itself()
    {
        var notes = _sandbox.Run<Watched>("Fine Off Broken").Notes;
        Assert.Equal(["component: created 3", "class: created 3", "component: initialized 3 True", "class: initialized 3 True"], notes.Take(4));
        Assert.Equal(["component: finished", "class: finished"], notes.TakeLast(2));
        var fine = notes.SkipWhile(note => note != "component: running Fine").Take(8);
        Assert.Equal(
            ["component: running Fine", "class: running Fine", "running:Fine", "component: summary 1", "class: summary 1", "component: succeeded Fine", "class: succeeded Fine", "succeeded:Fine"], fine);
        Assert.Contains("class: skipped Off", notes);
        Assert.Contains("class: failed Broken", notes);
    }
}
