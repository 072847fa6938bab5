using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using WasmWizard.BuildEngine.Tooling;

namespace WasmWizard.BuildEngine.Tools.GitVersion;

/// <summary>The version that GitVersion computes from the history of the clone.</summary>
public sealed record GitVersion
{
    /// <summary>For example <c>1.2.3-beta.4</c>.</summary>
    public string SemVer { get; init; } = "";

    /// <summary>With the number of commits as metadata.</summary>
    public string FullSemVer { get; init; } = "";

    /// <summary>For packages, in the form that old feeds take.</summary>
    public string NuGetVersionV2 { get; init; } = "";

    /// <summary>For <c>AssemblyVersion</c>.</summary>
    public string AssemblySemVer { get; init; } = "";

    /// <summary>For <c>AssemblyFileVersion</c>.</summary>
    public string AssemblySemFileVer { get; init; } = "";

    /// <summary>For <c>AssemblyInformationalVersion</c>.</summary>
    public string InformationalVersion { get; init; } = "";

    /// <summary>For example <c>1.2.3</c>.</summary>
    public string MajorMinorPatch { get; init; } = "";

    /// <summary>The branch it was computed for.</summary>
    public string BranchName { get; init; } = "";

    /// <summary>The commit.</summary>
    public string Sha { get; init; } = "";
}

/// <summary>
/// Runs GitVersion when the build is initialised. One that fails is a warning and leaves the member null, so builds write <c>GitVersion?.SemVer</c>.
/// The tool is the variable <c>GITVERSION_EXE</c>, else the package <c>GitVersion.Tool</c> that the build's project restored.
/// </summary>
public sealed class GitVersionAttribute : ValueInjectionAttributeBase
{
    /// <summary>The folder of the tool's framework; the newest without it.</summary>
    public string? Framework { get; set; }

    /// <summary>Does not ask the remote.</summary>
    public bool NoFetch { get; set; }

    /// <summary>Computes anew. Default true.</summary>
    public bool NoCache { get; set; } = true;

    /// <summary>Tells a build server its number. Default true; servers that are known here have none to be told.</summary>
    public bool UpdateBuildNumber { get; set; } = true;

    /// <summary>Lets the tool write the assembly's attributes into sources.</summary>
    public bool UpdateAssemblyInfo { get; set; }

    /// <inheritdoc/>
    public override object? GetValue(MemberInfo member, object instance)
    {
        var tool = ToolResolver.TryGetEnvironmentTool(nameof(GitVersion)) ?? ToolResolver.GetNuGetTool("GitVersion.Tool", "GitVersion.dll|gitversion.dll", framework: Framework);
        string[] options = [.. NoFetch ? ["/nofetch"] : (string[])[], .. NoCache ? ["/nocache"] : (string[])[], .. UpdateAssemblyInfo ? ["/updateassemblyinfo"] : (string[])[]];
        var output = tool($"{string.Join(' ', options):nq}", workingDirectory: NukeBuild.RootDirectory, logOutput: false, logInvocation: false);
        var json = string.Join('\n', output.Where(line => line.Type == OutputType.Std).Select(line => line.Text));
        return JsonSerializer.Deserialize(json[json.IndexOf('{', StringComparison.Ordinal)..], GitVersionJson.Default.GitVersion);
    }
}

/// <summary>Reads what the tool prints; numbers where it writes them are of no interest here.</summary>
[JsonSerializable(typeof(GitVersion))]
internal sealed partial class GitVersionJson : JsonSerializerContext;
