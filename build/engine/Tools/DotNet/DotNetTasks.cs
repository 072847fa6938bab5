using WasmWizard.BuildEngine.Tooling;

namespace WasmWizard.BuildEngine.Tools.DotNet;

/// <summary>
/// The <c>dotnet</c> command. Each verb takes options, a change of the default options, or several options for several runs.
/// A run that does not end with 0 throws <see cref="ProcessException"/>.
/// </summary>
public sealed class DotNetTasks : IRequireTool
{
    private DotNetTasks() { }

    /// <summary>DOTNET_EXE, else what runs this build, else the one on the PATH.</summary>
    public static string DotNetPath => ToolPathResolver.DotNet;

    static string IRequireTool.Executable => "dotnet";

    /// <summary>Any command line of <c>dotnet</c>.</summary>
    public static IReadOnlyCollection<Output> DotNet(
        ArgumentStringHandler arguments, string? workingDirectory = null, IReadOnlyDictionary<string, string>? environmentVariables = null, int? timeout = null,
        bool? logOutput = null, bool? logInvocation = null, Action<OutputType, string>? logger = null, Action<IProcess>? exitHandler = null) =>
        ToolResolver.GetTool(DotNetPath)(arguments, workingDirectory, environmentVariables, timeout, logOutput, logInvocation, logger, exitHandler);

    /// <summary>Builds projects.</summary>
    public static IReadOnlyCollection<Output> DotNetBuild(DotNetBuildSettings? options = null) => ToolRun.Execute(options ?? new DotNetBuildSettings());

    /// <inheritdoc cref="DotNetBuild(DotNetBuildSettings)"/>
    public static IReadOnlyCollection<Output> DotNetBuild(Configure<DotNetBuildSettings> configurator) => ToolRun.Execute(configurator.Invoke(new DotNetBuildSettings()));

    /// <inheritdoc cref="DotNetBuild(DotNetBuildSettings)"/>
    public static IReadOnlyCollection<(DotNetBuildSettings Settings, IReadOnlyCollection<Output> Output)> DotNetBuild(
        CombinatorialConfigure<DotNetBuildSettings> configurator, int degreeOfParallelism = 1, bool completeOnFailure = false) =>
        ToolRun.ExecuteAll(configurator(new DotNetBuildSettings()), degreeOfParallelism, completeOnFailure);

    /// <summary>Runs tests.</summary>
    public static IReadOnlyCollection<Output> DotNetTest(DotNetTestSettings? options = null) => ToolRun.Execute(options ?? new DotNetTestSettings());

    /// <inheritdoc cref="DotNetTest(DotNetTestSettings)"/>
    public static IReadOnlyCollection<Output> DotNetTest(Configure<DotNetTestSettings> configurator) => ToolRun.Execute(configurator.Invoke(new DotNetTestSettings()));

    /// <inheritdoc cref="DotNetTest(DotNetTestSettings)"/>
    public static IReadOnlyCollection<(DotNetTestSettings Settings, IReadOnlyCollection<Output> Output)> DotNetTest(
        CombinatorialConfigure<DotNetTestSettings> configurator, int degreeOfParallelism = 1, bool completeOnFailure = false) =>
        ToolRun.ExecuteAll(configurator(new DotNetTestSettings()), degreeOfParallelism, completeOnFailure);

    /// <summary>Restores packages.</summary>
    public static IReadOnlyCollection<Output> DotNetRestore(DotNetRestoreSettings? options = null) => ToolRun.Execute(options ?? new DotNetRestoreSettings());

    /// <inheritdoc cref="DotNetRestore(DotNetRestoreSettings)"/>
    public static IReadOnlyCollection<Output> DotNetRestore(Configure<DotNetRestoreSettings> configurator) => ToolRun.Execute(configurator.Invoke(new DotNetRestoreSettings()));

    /// <inheritdoc cref="DotNetRestore(DotNetRestoreSettings)"/>
    public static IReadOnlyCollection<(DotNetRestoreSettings Settings, IReadOnlyCollection<Output> Output)> DotNetRestore(
        CombinatorialConfigure<DotNetRestoreSettings> configurator, int degreeOfParallelism = 1, bool completeOnFailure = false) =>
        ToolRun.ExecuteAll(configurator(new DotNetRestoreSettings()), degreeOfParallelism, completeOnFailure);

    /// <summary>Makes what is to be deployed.</summary>
    public static IReadOnlyCollection<Output> DotNetPublish(DotNetPublishSettings? options = null) => ToolRun.Execute(options ?? new DotNetPublishSettings());

    /// <inheritdoc cref="DotNetPublish(DotNetPublishSettings)"/>
    public static IReadOnlyCollection<Output> DotNetPublish(Configure<DotNetPublishSettings> configurator) => ToolRun.Execute(configurator.Invoke(new DotNetPublishSettings()));

    /// <inheritdoc cref="DotNetPublish(DotNetPublishSettings)"/>
    public static IReadOnlyCollection<(DotNetPublishSettings Settings, IReadOnlyCollection<Output> Output)> DotNetPublish(
        CombinatorialConfigure<DotNetPublishSettings> configurator, int degreeOfParallelism = 1, bool completeOnFailure = false) =>
        ToolRun.ExecuteAll(configurator(new DotNetPublishSettings()), degreeOfParallelism, completeOnFailure);

    /// <summary>Makes packages.</summary>
    public static IReadOnlyCollection<Output> DotNetPack(DotNetPackSettings? options = null) => ToolRun.Execute(options ?? new DotNetPackSettings());

    /// <inheritdoc cref="DotNetPack(DotNetPackSettings)"/>
    public static IReadOnlyCollection<Output> DotNetPack(Configure<DotNetPackSettings> configurator) => ToolRun.Execute(configurator.Invoke(new DotNetPackSettings()));

    /// <inheritdoc cref="DotNetPack(DotNetPackSettings)"/>
    public static IReadOnlyCollection<(DotNetPackSettings Settings, IReadOnlyCollection<Output> Output)> DotNetPack(
        CombinatorialConfigure<DotNetPackSettings> configurator, int degreeOfParallelism = 1, bool completeOnFailure = false) =>
        ToolRun.ExecuteAll(configurator(new DotNetPackSettings()), degreeOfParallelism, completeOnFailure);

    /// <summary>Removes build results.</summary>
    public static IReadOnlyCollection<Output> DotNetClean(DotNetCleanSettings? options = null) => ToolRun.Execute(options ?? new DotNetCleanSettings());

    /// <inheritdoc cref="DotNetClean(DotNetCleanSettings)"/>
    public static IReadOnlyCollection<Output> DotNetClean(Configure<DotNetCleanSettings> configurator) => ToolRun.Execute(configurator.Invoke(new DotNetCleanSettings()));

    /// <inheritdoc cref="DotNetClean(DotNetCleanSettings)"/>
    public static IReadOnlyCollection<(DotNetCleanSettings Settings, IReadOnlyCollection<Output> Output)> DotNetClean(
        CombinatorialConfigure<DotNetCleanSettings> configurator, int degreeOfParallelism = 1, bool completeOnFailure = false) =>
        ToolRun.ExecuteAll(configurator(new DotNetCleanSettings()), degreeOfParallelism, completeOnFailure);

    /// <summary>Formats sources, or verifies that they are formatted.</summary>
    public static IReadOnlyCollection<Output> DotNetFormat(DotNetFormatSettings? options = null) => ToolRun.Execute(options ?? new DotNetFormatSettings());

    /// <inheritdoc cref="DotNetFormat(DotNetFormatSettings)"/>
    public static IReadOnlyCollection<Output> DotNetFormat(Configure<DotNetFormatSettings> configurator) => ToolRun.Execute(configurator.Invoke(new DotNetFormatSettings()));

    /// <inheritdoc cref="DotNetFormat(DotNetFormatSettings)"/>
    public static IReadOnlyCollection<(DotNetFormatSettings Settings, IReadOnlyCollection<Output> Output)> DotNetFormat(
        CombinatorialConfigure<DotNetFormatSettings> configurator, int degreeOfParallelism = 1, bool completeOnFailure = false) =>
        ToolRun.ExecuteAll(configurator(new DotNetFormatSettings()), degreeOfParallelism, completeOnFailure);

    /// <summary>Runs a program.</summary>
    public static IReadOnlyCollection<Output> DotNetRun(DotNetRunSettings? options = null) => ToolRun.Execute(options ?? new DotNetRunSettings());

    /// <inheritdoc cref="DotNetRun(DotNetRunSettings)"/>
    public static IReadOnlyCollection<Output> DotNetRun(Configure<DotNetRunSettings> configurator) => ToolRun.Execute(configurator.Invoke(new DotNetRunSettings()));

    /// <inheritdoc cref="DotNetRun(DotNetRunSettings)"/>
    public static IReadOnlyCollection<(DotNetRunSettings Settings, IReadOnlyCollection<Output> Output)> DotNetRun(
        CombinatorialConfigure<DotNetRunSettings> configurator, int degreeOfParallelism = 1, bool completeOnFailure = false) =>
        ToolRun.ExecuteAll(configurator(new DotNetRunSettings()), degreeOfParallelism, completeOnFailure);

    /// <summary>Runs MSBuild.</summary>
    public static IReadOnlyCollection<Output> DotNetMSBuild(DotNetMSBuildSettings? options = null) => ToolRun.Execute(options ?? new DotNetMSBuildSettings());

    /// <inheritdoc cref="DotNetMSBuild(DotNetMSBuildSettings)"/>
    public static IReadOnlyCollection<Output> DotNetMSBuild(Configure<DotNetMSBuildSettings> configurator) => ToolRun.Execute(configurator.Invoke(new DotNetMSBuildSettings()));

    /// <inheritdoc cref="DotNetMSBuild(DotNetMSBuildSettings)"/>
    public static IReadOnlyCollection<(DotNetMSBuildSettings Settings, IReadOnlyCollection<Output> Output)> DotNetMSBuild(
        CombinatorialConfigure<DotNetMSBuildSettings> configurator, int degreeOfParallelism = 1, bool completeOnFailure = false) =>
        ToolRun.ExecuteAll(configurator(new DotNetMSBuildSettings()), degreeOfParallelism, completeOnFailure);

    /// <summary>Pushes packages.</summary>
    public static IReadOnlyCollection<Output> DotNetNuGetPush(DotNetNuGetPushSettings? options = null) => ToolRun.Execute(options ?? new DotNetNuGetPushSettings());

    /// <inheritdoc cref="DotNetNuGetPush(DotNetNuGetPushSettings)"/>
    public static IReadOnlyCollection<Output> DotNetNuGetPush(Configure<DotNetNuGetPushSettings> configurator) => ToolRun.Execute(configurator.Invoke(new DotNetNuGetPushSettings()));

    /// <inheritdoc cref="DotNetNuGetPush(DotNetNuGetPushSettings)"/>
    public static IReadOnlyCollection<(DotNetNuGetPushSettings Settings, IReadOnlyCollection<Output> Output)> DotNetNuGetPush(
        CombinatorialConfigure<DotNetNuGetPushSettings> configurator, int degreeOfParallelism = 1, bool completeOnFailure = false) =>
        ToolRun.ExecuteAll(configurator(new DotNetNuGetPushSettings()), degreeOfParallelism, completeOnFailure);

    /// <summary>Restores the tools of the manifest.</summary>
    public static IReadOnlyCollection<Output> DotNetToolRestore(DotNetToolRestoreSettings? options = null) => ToolRun.Execute(options ?? new DotNetToolRestoreSettings());

    /// <inheritdoc cref="DotNetToolRestore(DotNetToolRestoreSettings)"/>
    public static IReadOnlyCollection<Output> DotNetToolRestore(Configure<DotNetToolRestoreSettings> configurator) => ToolRun.Execute(configurator.Invoke(new DotNetToolRestoreSettings()));

    /// <inheritdoc cref="DotNetToolRestore(DotNetToolRestoreSettings)"/>
    public static IReadOnlyCollection<(DotNetToolRestoreSettings Settings, IReadOnlyCollection<Output> Output)> DotNetToolRestore(
        CombinatorialConfigure<DotNetToolRestoreSettings> configurator, int degreeOfParallelism = 1, bool completeOnFailure = false) =>
        ToolRun.ExecuteAll(configurator(new DotNetToolRestoreSettings()), degreeOfParallelism, completeOnFailure);
}
