namespace WasmWizard.Delivery.Checking.Snapshots;

/// <summary>The files of a repository in memory: everything that rules may look at.</summary>
public sealed class RepositorySnapshot
{
    /// <summary>Larger files are known by name only: nothing that people write for a pipeline comes near it.</summary>
    public const int MaxFileBytes = 1024 * 1024;

    private readonly Dictionary<string, SourceFile> _files;
    private readonly HashSet<string> _folders = [""];

    public RepositorySnapshot(IEnumerable<SourceFile> files, BranchFacts branches)
    {
        ArgumentNullException.ThrowIfNull(files);
        _files = files.ToDictionary(file => file.Path, StringComparer.Ordinal);
        Branches = branches;
        foreach (var path in _files.Keys)
        {
            for (var slash = path.LastIndexOf('/'); slash > 0 && _folders.Add(path[..slash]);)
                slash = path.LastIndexOf('/', slash - 1);
        }

        Files = [.. _files.Values.OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    public IReadOnlyList<SourceFile> Files { get; }

    public BranchFacts Branches { get; }

    public SourceFile? File(string path) => _files.GetValueOrDefault(Normalize(path));

    /// <summary>Whether a file or a folder is there; a path that leaves the repository is not.</summary>
    public bool Has(string path)
    {
        var normal = Normalize(path);
        return _files.ContainsKey(normal) || _folders.Contains(normal);
    }

    /// <summary>Without <c>./</c>, with <c>..</c> resolved, without a closing slash.</summary>
    public static string Normalize(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("" or "."))
                parts.Add(part);
        }

        return string.Join('/', parts);
    }
}
