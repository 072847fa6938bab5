using System.Text.Json;
using System.Text.RegularExpressions;
using WasmWizard.BuildEngine.IO;

namespace WasmWizard.BuildEngine.Tooling;

/// <summary>Finds programs in restored NuGet packages: in the version that the build's project restored, else the newest in the cache.</summary>
public static partial class NuGetToolPathResolver
{
    /// <summary>The path of a program in a package.</summary>
    /// <param name="packageId">The package.</param>
    /// <param name="packageExecutable">File names, divided by <c>|</c>; the first that is found.</param>
    /// <param name="version">Null for what the build restored.</param>
    /// <param name="framework">The folder below <c>tools</c>; null for the newest one.</param>
    /// <exception cref="UsageException">It is not there.</exception>
    public static string GetPackageExecutable(string packageId, string packageExecutable, string? version = null, string? framework = null)
    {
        var package = PackagesDirectory() / packageId.ToLowerInvariant();
        var chosen = version ?? RestoredVersion(packageId) ?? NewestVersion(package)
            ?? throw new UsageException($"The package {packageId} is not restored. Add it to the build's project as PackageDownload and restore.");
        var tools = package / chosen / "tools";
        var found = packageExecutable.Split('|')
            .SelectMany(name => tools.GlobFiles($"**/{name}"))
            .Where(file => framework is null || tools.GetUnixRelativePathTo(file).Split('/').Contains(framework))
            .OrderByDescending(file => FrameworkOrder(tools.GetUnixRelativePathTo(file)))
            .FirstOrDefault();
        return found ?? throw new UsageException($"The package {packageId} {chosen} has no {packageExecutable}{(framework is null ? "" : $" for {framework}")} below {tools}.");
    }

    private static AbsolutePath PackagesDirectory() =>
        EnvironmentInfo.GetVariable("NUGET_PACKAGES") ?? EnvironmentInfo.SpecialFolder(SpecialFolders.UserProfile) / ".nuget" / "packages";

    private static string? RestoredVersion(string packageId)
    {
        if ((NukeBuild.BuildProjectDirectory is { } project ? project / "obj" / "project.assets.json" : null).ExistingFile() is not { } file)
            return null;
        using var assets = JsonDocument.Parse(file.ReadAllText());
        var libraries = assets.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name.Split('/'));
        if (libraries.FirstOrDefault(parts => parts[0].Equals(packageId, StringComparison.OrdinalIgnoreCase)) is [_, var version])
            return version;
        var downloads = assets.RootElement.GetProperty("project").GetProperty("frameworks").EnumerateObject()
            .Where(framework => framework.Value.TryGetProperty("downloadDependencies", out _))
            .SelectMany(framework => framework.Value.GetProperty("downloadDependencies").EnumerateArray());
        return downloads
            .Where(download => packageId.Equals(download.GetProperty("name").GetString(), StringComparison.OrdinalIgnoreCase))
            .Select(download => download.GetProperty("version").GetString()!.Trim('[', ']').Split(',')[0].Trim())
            .FirstOrDefault();
    }

    private static string? NewestVersion(AbsolutePath package) => Directory.Exists(package)
        ? package.GetDirectories().Select(directory => directory.Name).OrderByDescending(name => Version.TryParse(name.Split('-')[0], out var version) ? version : new Version()).FirstOrDefault()
        : null;

    private static Version FrameworkOrder(string path) =>
        FrameworkVersion().Match(path) is { Success: true } match && Version.TryParse(match.Groups[1].Value, out var version) && version.Major <= System.Environment.Version.Major
            ? version
            : new Version();

    [GeneratedRegex(@"(?:^|/)net(\d+\.\d+)")]
    private static partial Regex FrameworkVersion();
}
