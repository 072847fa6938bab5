using System.Text.Json;
using NuGet.Versioning;

namespace WasmWizard.Delivery.SupplyChain.Packages;

/// <summary>What one project's restore resolved and reported: <c>project.assets.json</c>.</summary>
/// <param name="Project">The project's file.</param>
/// <param name="Packages">Distinct packages of all target frameworks and runtimes.</param>
/// <param name="Messages">What NuGet logged, in its order.</param>
public sealed record AssetsFile(string Project, IReadOnlyList<ResolvedPackage> Packages, IReadOnlyList<RestoreMessage> Messages)
{
    private const string Fix = "./build.sh Restore";

    /// <param name="file">The assets file.</param>
    /// <param name="root">Projects are named relative to this folder.</param>
    /// <exception cref="MissingDataException">There is no such file.</exception>
    /// <exception cref="CorruptDataException">The file is torn or not an assets file.</exception>
    public static AssetsFile Read(string file, string root)
    {
        if (!File.Exists(file))
            throw new MissingDataException($"{file} does not exist: the project was not restored", Fix);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            return Read(document.RootElement, root);
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new CorruptDataException($"{file} is not a whole assets file", Fix, problem);
        }
    }

    private static AssetsFile Read(JsonElement root, string folder)
    {
        var project = Path.GetRelativePath(folder, root.GetProperty("project").GetProperty("restore").GetProperty("projectPath").GetString()!).Replace('\\', '/');
        var targets = root.GetProperty("targets").EnumerateObject().ToDictionary(target => target.Name, target => Libraries(target.Value, project));
        var packs = root.GetProperty("project").GetProperty("frameworks").EnumerateObject().SelectMany(framework => Packs(framework.Value, project));
        var messages = root.TryGetProperty("logs", out var logs) ? logs.EnumerateArray().SelectMany(log => About(log, targets)).ToList() : [];
        return new(project, [.. targets.Values.SelectMany(packages => packages).Concat(packs).Distinct()], messages);
    }

    private static List<ResolvedPackage> Libraries(JsonElement target, string project) =>
    [
        .. target.EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "package")
            .Select(library => library.Name.Split('/', 2))
            .Select(name => new ResolvedPackage(name[0], NuGetVersion.Parse(name[1]), PackageKind.Library, project)),
    ];

    /// <summary>Packs are downloaded in one exact version, written as the range <c>[v, v]</c>.</summary>
    private static IEnumerable<ResolvedPackage> Packs(JsonElement framework, string project) =>
        framework.TryGetProperty("downloadDependencies", out var packs)
            ? packs.EnumerateArray().SelectMany(pack => pack.GetProperty("version").GetString()!
                .Split(';', StringSplitOptions.RemoveEmptyEntries)
                .Select(range => new ResolvedPackage(
                    pack.GetProperty("name").GetString()!,
                    VersionRange.Parse(range).MinVersion ?? throw new FormatException(range),
                    PackageKind.Pack,
                    project)))
            : [];

    /// <summary>The message of one package in several graphs stands for each version that it was resolved to.</summary>
    private static IEnumerable<RestoreMessage> About(JsonElement log, Dictionary<string, List<ResolvedPackage>> targets)
    {
        var code = log.GetProperty("code").GetString()!;
        var text = log.TryGetProperty("message", out var message) ? message.GetString() ?? "" : "";
        if (!log.TryGetProperty("libraryId", out var library))
            return [new(code, text, null)];
        var graphs = log.TryGetProperty("targetGraphs", out var named)
            ? named.EnumerateArray().Select(graph => graph.GetString()!).Where(targets.ContainsKey)
            : targets.Keys;
        var packages = graphs
            .SelectMany(graph => targets[graph])
            .Where(package => string.Equals(package.Name, library.GetString(), StringComparison.OrdinalIgnoreCase))
            .Distinct()
            .ToList();
        return packages.Count == 0 ? [new(code, text, null)] : packages.Select(package => new RestoreMessage(code, text, package));
    }
}

/// <summary>One message of a restore.</summary>
/// <param name="Code">E.g. <c>NU1903</c>.</param>
/// <param name="Text">In the language of the machine; only addresses in it are read.</param>
/// <param name="Package">What it is about; null when it is about no resolved package.</param>
public sealed record RestoreMessage(string Code, string Text, ResolvedPackage? Package);
