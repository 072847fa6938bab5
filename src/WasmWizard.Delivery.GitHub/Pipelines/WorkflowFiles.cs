using WasmWizard.Delivery.Generation;
using WasmWizard.Delivery.GitHub.Actions;
using WasmWizard.Delivery.GitHub.Workflows;

namespace WasmWizard.Delivery.GitHub.Pipelines;

/// <summary>Every workflow file that follows from a definition.</summary>
public static class WorkflowFiles
{
    /// <summary>The folder that belongs to the generator: files in it that bear its header and are not generated any more are removed.</summary>
    public const string Folder = ".github/workflows";

    /// <summary>The workflows as data: pull requests, one per environment, tags, one per operation, the night.</summary>
    public static IReadOnlyList<Workflow> Workflows(PipelineDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return
        [
            PullRequestWorkflow.Of(definition),
            .. definition.Strategy.Environments.Select(environment => DeployWorkflow.Of(definition, environment)),
            .. TagWorkflow.Of(definition) is { } tag ? [tag] : Array.Empty<Workflow>(),
            .. OperationWorkflow.Of(definition),
            .. NightlyWorkflow.Of(definition) is { } nightly ? [nightly] : Array.Empty<Workflow>(),
        ];
    }

    /// <summary>The same definition gives the same bytes on every machine.</summary>
    /// <exception cref="ArgumentException">A workflow would not run as meant; the message lists every fault.</exception>
    public static IReadOnlyList<GeneratedFile> Generate(PipelineDefinition definition)
    {
        var workflows = Workflows(definition);
        var faults = workflows.SelectMany(workflow => workflow.Faults()).ToList();
        if (faults.Count > 0)
            throw new ArgumentException($"The workflows would not run as meant: {string.Join("; ", faults)}.", nameof(definition));
        var header = GeneratedHeader.Lines("WasmWizard.Delivery.GitHub", $"build/Strategy.cs, the targets in build/, {ActionLock.Path}");
        return [.. workflows.Select(workflow => new GeneratedFile(workflow.Path, WorkflowText.Write(workflow, header)))];
    }
}
