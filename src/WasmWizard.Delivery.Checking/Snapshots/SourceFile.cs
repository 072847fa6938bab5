namespace WasmWizard.Delivery.Checking.Snapshots;

/// <summary>One text file of a repository.</summary>
/// <param name="path">Relative to the root, with forward slashes.</param>
/// <param name="text">Its content; empty for what is binary or larger than <see cref="RepositorySnapshot.MaxFileBytes"/>.</param>
public sealed class SourceFile(string path, string text)
{
    public string Path => path;

    public string Text => text;

    public string Name { get; } = path[(path.LastIndexOf('/') + 1)..];

    /// <summary>The folder with a closing slash; empty at the root.</summary>
    public string Folder { get; } = path[..(path.LastIndexOf('/') + 1)];

    public string Extension => System.IO.Path.GetExtension(Name).ToLowerInvariant();

    public IReadOnlyList<string> Lines => field ??= text.Split('\n').Select(line => line.TrimEnd('\r')).ToList();

    public bool IsYaml => Extension is ".yml" or ".yaml";

    /// <summary>Kept as an example, a test's input or somebody else's code: it is never run here.</summary>
    public bool IsAside { get; } = path.ToLowerInvariant().Split('/').SkipLast(1).Any(folder => Aside.Contains(folder) || folder.StartsWith("test", StringComparison.Ordinal) || folder.EndsWith(".tests", StringComparison.Ordinal));

    private static readonly HashSet<string> Aside =
    [
        "example", "examples", "_examples", "sample", "samples", "demo", "fixtures", "__fixtures__", "fixture", "spec", "__tests__", "e2e", "mock", "mocks", "vendor", "third_party", "thirdparty",
        "node_modules", "template", "templates", "skeleton", "snapshots", "__snapshots__", "tutorial", "tutorials", "benches", "archive", "contrib",
    ];
}
