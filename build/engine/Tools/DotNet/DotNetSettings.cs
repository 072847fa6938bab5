using WasmWizard.BuildEngine.Tooling;

namespace WasmWizard.BuildEngine.Tools.DotNet;

/// <summary>How much <c>dotnet</c> prints.</summary>
public enum DotNetVerbosity
{
    /// <summary>Errors.</summary>
    quiet,

    /// <summary>Warnings too.</summary>
    minimal,

    /// <summary>Steps too.</summary>
    normal,

    /// <summary>Details too.</summary>
    detailed,

    /// <summary>Everything.</summary>
    diagnostic,
}

/// <summary>Options of a <c>dotnet</c> verb.</summary>
public abstract class DotNetSettings : ToolOptions
{
    internal override string ToolPath => DotNetTasks.DotNetPath;

    internal override IReadOnlyList<OptionFormat> Formats => DotNetFormats.All;
}

/// <summary>The verb takes a project or solution as its first word.</summary>
public interface IDotNetProject;

/// <summary>The verb takes a configuration.</summary>
public interface IDotNetConfiguration;

/// <summary>The verb takes a target framework.</summary>
public interface IDotNetFramework;

/// <summary>The verb takes a runtime.</summary>
public interface IDotNetRuntime;

/// <summary>The verb can leave out the restore.</summary>
public interface IDotNetNoRestore;

/// <summary>The verb can leave out the build.</summary>
public interface IDotNetNoBuild;

/// <summary>The verb takes MSBuild properties.</summary>
public interface IDotNetProperties;

/// <summary>The verb takes a verbosity.</summary>
public interface IDotNetVerbosity;

/// <summary>The verb writes into an output folder.</summary>
public interface IDotNetOutput;

/// <summary>The verb restores packages.</summary>
public interface IDotNetRestore;

/// <summary>The verb writes MSBuild logs.</summary>
public interface IDotNetLoggers;

/// <summary><c>dotnet build</c>.</summary>
public sealed class DotNetBuildSettings : DotNetSettings, IDotNetProject, IDotNetConfiguration, IDotNetFramework, IDotNetRuntime, IDotNetNoRestore,
    IDotNetProperties, IDotNetVerbosity, IDotNetOutput, IDotNetLoggers
{
    internal override IEnumerable<string> Verb => ["build"];
}

/// <summary><c>dotnet test</c>.</summary>
public sealed class DotNetTestSettings : DotNetSettings, IDotNetProject, IDotNetConfiguration, IDotNetFramework, IDotNetRuntime, IDotNetNoRestore, IDotNetNoBuild,
    IDotNetProperties, IDotNetVerbosity, IDotNetOutput, IDotNetLoggers
{
    internal override IEnumerable<string> Verb => ["test"];

    /// <summary>VSTest's words, or those of Microsoft.Testing.Platform where the repository selects it.</summary>
    internal override IReadOnlyList<OptionFormat> Formats => TestingPlatform.IsSelected ? TestingPlatform.Formats : base.Formats;
}

/// <summary><c>dotnet restore</c>.</summary>
public sealed class DotNetRestoreSettings : DotNetSettings, IDotNetProject, IDotNetRuntime, IDotNetProperties, IDotNetVerbosity, IDotNetRestore
{
    internal override IEnumerable<string> Verb => ["restore"];
}

/// <summary><c>dotnet publish</c>.</summary>
public sealed class DotNetPublishSettings : DotNetSettings, IDotNetProject, IDotNetConfiguration, IDotNetFramework, IDotNetRuntime, IDotNetNoRestore, IDotNetNoBuild,
    IDotNetProperties, IDotNetVerbosity, IDotNetOutput
{
    internal override IEnumerable<string> Verb => ["publish"];
}

/// <summary><c>dotnet pack</c>.</summary>
public sealed class DotNetPackSettings : DotNetSettings, IDotNetProject, IDotNetConfiguration, IDotNetRuntime, IDotNetNoRestore, IDotNetNoBuild,
    IDotNetProperties, IDotNetVerbosity, IDotNetOutput
{
    internal override IEnumerable<string> Verb => ["pack"];
}

/// <summary><c>dotnet clean</c>.</summary>
public sealed class DotNetCleanSettings : DotNetSettings, IDotNetProject, IDotNetConfiguration, IDotNetFramework, IDotNetProperties, IDotNetVerbosity, IDotNetOutput
{
    internal override IEnumerable<string> Verb => ["clean"];
}

/// <summary><c>dotnet format</c>.</summary>
public sealed class DotNetFormatSettings : DotNetSettings, IDotNetProject, IDotNetNoRestore, IDotNetVerbosity
{
    internal override IEnumerable<string> Verb => ["format"];
}

/// <summary><c>dotnet run</c>.</summary>
public sealed class DotNetRunSettings : DotNetSettings, IDotNetConfiguration, IDotNetFramework, IDotNetRuntime, IDotNetNoRestore, IDotNetNoBuild,
    IDotNetProperties, IDotNetVerbosity
{
    internal override IEnumerable<string> Verb => ["run"];
}

/// <summary><c>dotnet msbuild</c>.</summary>
public sealed class DotNetMSBuildSettings : DotNetSettings, IDotNetProject, IDotNetProperties
{
    internal override IEnumerable<string> Verb => ["msbuild"];
}

/// <summary><c>dotnet nuget push</c>.</summary>
public sealed class DotNetNuGetPushSettings : DotNetSettings
{
    internal override IEnumerable<string> Verb => ["nuget", "push"];
}

/// <summary><c>dotnet tool restore</c>.</summary>
public sealed class DotNetToolRestoreSettings : DotNetSettings, IDotNetVerbosity
{
    internal override IEnumerable<string> Verb => ["tool", "restore"];
}
