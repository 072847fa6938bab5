using System.Text.Json;
using NuGet.Versioning;

namespace WasmWizard.Delivery.SupplyChain.Packages;

/// <summary>Reads the JSON of <c>dotnet list package --include-transitive --format json</c>; it leaves out packs.</summary>
public static class PackageListing
{
    /// <param name="json">The command's standard output.</param>
    /// <param name="root">Projects are named relative to this folder.</param>
    /// <exception cref="CorruptDataException">The text is torn or another document, or the command reports a problem.</exception>
    public static IReadOnlyList<ResolvedPackage> Read(string json, string root)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.TryGetProperty("problems", out var problems)
                && problems.EnumerateArray().FirstOrDefault(problem => problem.GetProperty("level").GetString() == "error") is { ValueKind: JsonValueKind.Object } error)
            {
                throw new CorruptDataException($"dotnet list package reports: {error.GetProperty("text").GetString()}", "./build.sh Restore");
            }
            return [.. document.RootElement.GetProperty("projects").EnumerateArray().SelectMany(project => Read(project, root)).Distinct()];
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new CorruptDataException("the output of dotnet list package is not a whole listing", "./build.sh Restore", problem);
        }
    }

    private static IEnumerable<ResolvedPackage> Read(JsonElement project, string root)
    {
        var where = Path.GetRelativePath(root, project.GetProperty("path").GetString()!).Replace('\\', '/');
        return Items(project, "frameworks")
            .SelectMany(framework => Items(framework, "topLevelPackages").Concat(Items(framework, "transitivePackages")))
            .Select(package => new ResolvedPackage(
                package.GetProperty("id").GetString()!,
                NuGetVersion.Parse(package.GetProperty("resolvedVersion").GetString()!),
                PackageKind.Library,
                where));
    }

    private static List<JsonElement> Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var items) ? [.. items.EnumerateArray()] : [];
}
