using WasmWizard.Delivery.Checking;
using WasmWizard.Delivery.Checking.Reports;
using WasmWizard.Delivery.Compose.Stack;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Generation;
using WasmWizard.Delivery.GitHub.Actions;
using WasmWizard.Delivery.GitHub.Pipelines;
using WasmWizard.Delivery.GitHub.Protection;
using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Monitoring;

/// <summary>Every file that follows from the strategy and the targets: what it must be, written or compared.</summary>
public sealed class GeneratedOutputs(Workspace workspace, IReadOnlyCollection<ExecutableTarget> targets, string? schema)
{
    private static readonly string[] Folders = [WorkflowFiles.Folder, ReferencePages.Folder, ManifestFiles.Folder, MonitoringFiles.Folder];

    /// <summary>Every target's name.</summary>
    public IReadOnlyList<string> Targets => [.. targets.Select(target => target.Name)];

    /// <summary>Targets that ask git for more than the commit that is checked out.</summary>
    private static readonly string[] ComparesWithBase = [PipelineDefinition.DeployTarget, nameof(IMigrations.Migrations), nameof(IDocs.Docs), nameof(IBenchmark.Benchmark)];

    public void Write()
    {
        var differences = Differences();
        foreach (var difference in differences.OfType<GeneratedDifference.Unexpected>())
            (workspace.Root / difference.Path).DeleteFile();
        foreach (var file in Expected().Where(file => differences.Any(difference => difference.Path == file.Path)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(workspace.Root / file.Path)!);
            File.WriteAllText(workspace.Root / file.Path, file.Content);
        }

        foreach (var difference in differences)
            Log.Information("Wrote {Path}", difference.Path);
        if (differences.Count == 0)
            Log.Information("Every generated file is current");
    }

    public IReadOnlyDictionary<GateId, GateResult> Verify()
    {
        var started = workspace.Time.GetTimestamp();
        var result = GeneratedGate.Judge(Differences());
        workspace.Desk.Record(GateId.Generated, result, workspace.Time.GetElapsedTime(started));
        return new Dictionary<GateId, GateResult> { [GateId.Generated] = result };
    }

    /// <summary>What the repository holds otherwise than it would be written.</summary>
    public IReadOnlyList<GeneratedDifference> Differences() => GeneratedFiles.Compare(
        Expected(),
        Folders.Select(folder => workspace.Root / folder).Where(folder => Directory.Exists(folder))
            .SelectMany(folder => Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(workspace.Root, file).Replace('\\', '/')),
        path => File.Exists(workspace.Root / path) ? File.ReadAllBytes(workspace.Root / path) : null);

    private List<GeneratedFile> Expected()
    {
        List<GeneratedFile> files =
        [
            .. WorkflowFiles.Generate(DefinitionOf(workspace, targets)),
            CodeOwnersFile.Of(workspace.Strategy, global::Strategy.Organization),
            .. ComposeFiles.Of(workspace.Strategy),
            .. ManifestFiles.Of(workspace.Strategy.Of(EnvironmentName.Production), ServiceContract.Metrics(workspace.Root)),
            .. ReferencePages.Of(workspace.Strategy, [.. targets.Where(target => target.Listed).Select(target => (target.Name, target.Description ?? ""))]),
            .. MonitoringFiles.Of(workspace.Strategy, ServiceContract.Metrics(workspace.Root), global::Strategy.LocalAddress),
            CheckPage.Of(RepositoryCheck.Rules),
            new("README.md", ReferencePages.IntoReadme(File.ReadAllText(workspace.Root / "README.md"), [.. targets.Where(target => target.Listed).Select(target => (target.Name, target.Description ?? ""))])),
        ];
        if (schema is not null)
            files.Add(new(".nuke/build.schema.json", schema));
        return files;
    }

    /// <summary>What workflows and settings of the platform follow from.</summary>
    public static PipelineDefinition DefinitionOf(Workspace workspace, IReadOnlyCollection<ExecutableTarget> targets) => new(
        workspace.Strategy,
        [.. targets.Select(target => ToPipeline(workspace, target))],
        ActionLock.Parse(File.ReadAllText(workspace.Root / ActionLock.Path)));

    private static PipelineTarget ToPipeline(Workspace workspace, ExecutableTarget target) => new(
        target.Name,
        target.Description ?? "",
        [.. target.ExecutionDependencies.Select(dependency => dependency.Name)])
    {
        Gates = [.. GateId.All.Where(gate => gate.Target == target.Name && !workspace.Strategy.Planned.Contains(gate))],
        Product = GateId.All.Any(gate => gate.Target == target.Name) ? "" : ProductOf(workspace, target),
        NeedsKey = target.Name == "Attest",
        NeedsTools = target.Name is "Test" or "Integration" or "Benchmark",
        NeedsHistory = target.Name == PipelineDefinition.DeployTarget || ComparesWithBase.Contains(target.Name),
    };

    /// <summary>The folder below the root of the first thing that it makes; empty for a target that makes nothing.</summary>
    private static string ProductOf(Workspace workspace, ExecutableTarget target) => target.ArtifactProducts.FirstOrDefault() is { } made
        ? Path.GetRelativePath(workspace.Root, Path.GetDirectoryName(made)!).Replace('\\', '/')
        : "";
}
