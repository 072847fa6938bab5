using WasmWizard.Delivery.Checking.Snapshots;
using WasmWizard.Delivery.Checking.Yaml;

namespace WasmWizard.Delivery.Checking.Reading;

/// <summary>A snapshot with everything that rules ask of it, each read once.</summary>
public sealed class Repository(RepositorySnapshot snapshot)
{
    private static readonly HashSet<string> SourceExtensions =
        [".rs", ".go", ".js", ".mjs", ".cjs", ".ts", ".tsx", ".py", ".java", ".kt", ".scala", ".cs", ".fs", ".rb", ".php", ".ex", ".exs", ".clj", ".cpp", ".cc", ".c", ".swift", ".erl", ".hs", ".groovy", ".lua"];

    private readonly Dictionary<string, YamlText> _yaml = [];

    public RepositorySnapshot Snapshot => snapshot;

    public IReadOnlyList<SourceFile> Files => snapshot.Files;

    public IReadOnlyList<Workflow> Workflows => field ??= [.. Files
        .Where(file => file.IsYaml && file.Folder == Workflow.Folder).Select(file => new Workflow(file))];

    /// <summary>The steps of all workflows that a shell runs.</summary>
    public IReadOnlyList<Script> Steps => field ??= [.. Workflows.SelectMany(Script.Of)];

    /// <summary>Steps, script files and recipes; what is kept as an example or for tests is not asked.</summary>
    public IReadOnlyList<Script> Scripts => field ??=
    [
        .. Steps,
        .. Files.Where(file => !file.IsAside && Script.IsScript(file)).Select(Script.OfFile),
        .. Files.Where(file => !file.IsAside && Script.IsMakefile(file)).SelectMany(Script.OfMakefile),
    ];

    public IReadOnlyList<Manifest> Manifests => field ??= [.. Files.Where(IsManifest).SelectMany(file => Yaml(file).Documents.Where(Manifest.IsOne).SelectMany(document => Manifest.Of(file, document)))];

    public IReadOnlyList<ComposeFile> ComposeFiles => field ??= [.. Files.Where(file => file.IsYaml && !file.IsAside && ComposeFile.IsOne(file)).Select(file => new ComposeFile(file, Yaml(file)))];

    public IReadOnlyList<Dockerfile> Dockerfiles => field ??= [.. Files.Where(file => !file.IsAside && Dockerfile.IsOne(file)).Select(file => new Dockerfile(file))];

    /// <summary>Files of kustomize.</summary>
    public IReadOnlyList<(SourceFile File, Node Root)> Overlays => field ??=
        [.. Files.Where(file => !file.IsAside && file.Name is "kustomization.yaml" or "kustomization.yml").SelectMany(file => Yaml(file).Documents.Take(1).Select(root => (file, root)))];

    public IgnoredPaths Ignored => field ??= new(Files);

    public IReadOnlyList<AlertFile> AlertFiles => field ??= [.. Files.Where(file => file.IsYaml && !file.IsAside && AlertFile.IsOne(file)).Select(file => new AlertFile(file, Yaml(file)))];

    public BuiltImages Images => field ??= new(this);

    public Strategies Strategy => field ??= Strategies.Read(Files);

    /// <summary>The programs' own source, tests included.</summary>
    public IReadOnlyList<SourceFile> Sources => field ??= [.. Files.Where(file => SourceExtensions.Contains(file.Extension))];

    public SourceFacts Source => field ??= SourceFacts.Of(Sources);

    public YamlText Yaml(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (!_yaml.TryGetValue(file.Path, out var yaml))
            _yaml[file.Path] = yaml = YamlText.Parse(file.Text);
        return yaml;
    }

    private static bool IsManifest(SourceFile file) =>
        file.IsYaml && !file.IsAside && file.Text.Contains("apiVersion:", StringComparison.Ordinal) && !file.Text.Contains("{{", StringComparison.Ordinal);
}
