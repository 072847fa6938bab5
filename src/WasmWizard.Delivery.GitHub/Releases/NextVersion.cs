using System.Text.Json;
using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;
using WasmWizard.Delivery.GitHub.Api;

namespace WasmWizard.Delivery.GitHub.Releases;

/// <summary>GitVersion's answer: the version that tags and messages of the commits ask for, by the rules of <c>GitVersion.yml</c>.</summary>
/// <param name="tool">The program and the arguments before those of GitVersion.</param>
public sealed partial class NextVersion(IReadOnlyList<string> tool)
{
    // Facts about the machine that runs it would let it guess a branch and fetch by itself.
    private static readonly string[] Servers = ["GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI", "JENKINS_URL", "TEAMCITY_VERSION", "TRAVIS", "APPVEYOR", "BUILDKITE", "CODEBUILD_WEBHOOK_HEAD_REF"];

    private static readonly string[] Names = ["dotnet-gitversion", "gitversion"];

    /// <summary>The tool where people have installed it, else the same engine as the package for builds carries it.</summary>
    /// <param name="path">Folders with programs, as the variable PATH has them.</param>
    /// <param name="dotnet">The host of the running program.</param>
    /// <param name="package">The engine's file in the restored package.</param>
    public static NextVersion Of(string path, string dotnet, string package)
    {
        ArgumentNullException.ThrowIfNull(path);
        var installed = from name in Names
                        from folder in path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                        from file in new[] { Path.Combine(folder, name), Path.Combine(folder, name + ".exe") }
                        where File.Exists(file)
                        select file;
        return new(installed.FirstOrDefault() is { } program ? [program] : [dotnet, "--roll-forward", "Major", package]);
    }

    /// <param name="folder">The clone's root, with <c>GitVersion.yml</c>.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="PlatformException">It gives no version.</exception>
    public async Task<VersionTag> Ask(string folder, CancellationToken cancellation)
    {
        var result = await Cli.Wrap(tool[0]).WithArguments([.. tool.Skip(1), folder, "-output", "json", "-nofetch", "-nocache"]).WithWorkingDirectory(folder)
            .WithEnvironmentVariables(variables => { foreach (var name in Servers) variables.Set(name, null); })
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(cancellation);
        return VersionTag.Parse($"v{MajorMinorPatch(result.StandardOutput)}")
            ?? throw new PlatformException($"GitVersion ended with {result.ExitCode} and no version: {Reason(result.StandardError + result.StandardOutput)}");
    }

    // Its log says at length what it did; the first line that is no entry of the log says why it gave up.
    private static string Reason(string output) => Said().Match(output) is { Success: true } said ? said.Groups[1].Value.Trim() : "it says nothing";

    [GeneratedRegex(@"^(?!INFO |WARN |ERROR |\s)(?:[\w.]+Exception: )?(.+)$", RegexOptions.Multiline)]
    private static partial Regex Said();

    private static string? MajorMinorPatch(string output)
    {
        try
        {
            using var json = JsonDocument.Parse(output[Math.Max(0, output.IndexOf('{', StringComparison.Ordinal))..]);
            return json.RootElement.GetProperty("MajorMinorPatch").GetString();
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
