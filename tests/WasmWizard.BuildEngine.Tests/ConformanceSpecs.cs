using System.Reflection;
using System.Text.RegularExpressions;

namespace WasmWizard.Tests.BuildEngine;

/// <summary>docs/conformance.md is true: its tests exist, and the members that real builds use are there.</summary>
public sealed partial class ConformanceSpecs
{
    private static readonly Assembly s_engine = typeof(NukeBuild).Assembly;

    [Fact]
    public void Every_test_that_the_page_names_exists()
    {
        var tests = typeof(ConformanceSpecs).Assembly.GetTypes().SelectMany(type => type.GetMethods().Select(method => $"{type.Name}.{method.Name}")).ToHashSet();
        var named = Name().Matches(File.ReadAllText(Page())).Select(match => match.Groups[1].Value).ToList();
        Assert.True(named.Count > 30, $"{named.Count} tests are named");
        Assert.Empty(named.Except(tests));
    }

    /// <summary>What 17 public builds use twice or more, by how often; the engine's share of it.</summary>
    [Theory]
    [InlineData(typeof(ITargetDefinition), "Executes DependsOn After Unlisted Description Requires OnlyWhenStatic OnlyWhenDynamic Before TriggeredBy Triggers Produces ProceedAfterFailure AssuredAfterFailure TryDependsOn TryDependentFor TryAfter Inherit WhenSkipped Consumes Base Partition DependentFor")]
    [InlineData(typeof(INukeBuild), "RootDirectory IsLocalBuild IsServerBuild TryGetValue InvokedTargets ScheduledTargets TemporaryDirectory ReportSummary SkippedTargets FinishedTargets FailedTargets SucceededTargets RunningTargets AbortedTargets ExecutionPlan IsFailing IsSucceeding ExitCode Host Verbosity Partition")]
    [InlineData(typeof(NukeBuild), "OnBuildCreated OnBuildInitialized OnBuildFinished OnTargetRunning OnTargetSkipped OnTargetSucceeded OnTargetFailed Execute")]
    [InlineData(typeof(Solution), "GetProject AllProjects GetAllProjects GetSolutionFolder SolutionFolders AllSolutionFolders Projects Save")]
    [InlineData(typeof(DotNetTasks), "DotNet DotNetBuild DotNetTest DotNetPublish DotNetRestore DotNetPack DotNetNuGetPush DotNetClean DotNetFormat DotNetRun DotNetMSBuild")]
    public void Members_that_builds_use_are_there(Type type, string members) =>
        Assert.Empty(members.Split(' ').Except(type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy).Select(member => member.Name)));

    [Theory]
    [InlineData("GlobFiles GlobDirectories CreateOrCleanDirectory ReadAllText WriteAllText ForEach CombineWith When GetTargetFrameworks AddPair WhenNotNull Apply AssertZeroExitCode Lock Alone Inputs Outputs")]
    public void Extension_methods_that_builds_use_are_there(string names) =>
        Assert.Empty(names.Split(' ').Except(s_engine.GetExportedTypes().Where(type => type is { IsAbstract: true, IsSealed: true }).SelectMany(type => type.GetMethods()).Select(method => method.Name)));

    [Theory]
    [InlineData("ParameterAttribute SecretAttribute RequiredAttribute OptionalAttribute ParameterPrefixAttribute SolutionAttribute GitRepositoryAttribute CIAttribute PathVariableAttribute NuGetPackageAttribute BuildExtensionAttributeBase GitHubActions EnvironmentInfo ProcessTasks GitTasks")]
    public void Types_that_builds_use_are_there(string names) =>
        Assert.Empty(names.Split(' ').Except(s_engine.GetExportedTypes().Select(type => type.Name)));

    private static string Page()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "global.json")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No folder above the tests holds global.json.");
        return Path.Combine(folder.FullName, "docs", "conformance.md");
    }

    [GeneratedRegex("`([A-Z][A-Za-z]+Specs\\.[A-Za-z_0-9]+)`")]
    private static partial Regex Name();
}
