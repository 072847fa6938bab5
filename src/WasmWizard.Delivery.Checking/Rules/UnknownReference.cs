using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Reading;
using WasmWizard.Delivery.Checking.Yaml;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A job that waits for, or reads from, a job or step that does not exist.</summary>
internal sealed partial class UnknownReference : CheckRule
{
    public override string Id => "WW6103";

    public override string Title => "A job or step that does not exist is referred to";

    public override string Required => "needs, needs.* and steps.* name jobs and steps that exist: an unknown name stops the workflow or reads as empty text";

    protected override IEnumerable<Place> Inspect(Repository repository) =>
        repository.Workflows.Where(workflow => workflow.Yaml.Faults.Count == 0).SelectMany(workflow => workflow.Jobs).SelectMany(Unknown);

    private static IEnumerable<Place> Unknown(Job job)
    {
        var jobs = job.Workflow.Jobs.Select(other => other.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var need in job.Needs.Where(need => !jobs.Contains(need)))
            yield return new(job.Workflow.Path, job.Node["needs"].Line, $"job {job.Id} needs {need}, which is no job here", $"one of: {string.Join(", ", jobs.Where(id => id != job.Id))}");
        foreach (var node in job.Node.All().Where(node => node.Kind == NodeKind.Scalar && node.Value.Contains("needs.", StringComparison.Ordinal)))
        {
            foreach (Match match in NeedsRead().Matches(node.Value))
            {
                var read = match.Groups[1].Value;
                if (!job.Needs.Contains(read, StringComparer.OrdinalIgnoreCase))
                    yield return new(job.Workflow.Path, node.Line, $"job {job.Id} reads needs.{read} without needing it", $"add {read} to needs of {job.Id}");
            }
        }

        var steps = job.Steps.Select(step => step.Node["id"].Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var node in job.Node.All().Where(node => node.Kind == NodeKind.Scalar && node.Value.Contains("steps.", StringComparison.Ordinal)))
        {
            foreach (Match match in StepsRead().Matches(node.Value))
            {
                if (!steps.Contains(match.Groups[1].Value))
                    yield return new(job.Workflow.Path, node.Line, $"job {job.Id} reads steps.{match.Groups[1].Value}, and no step of it has that id", "give the step its id");
            }
        }
    }

    [GeneratedRegex(@"\$\{\{[^}]*?\bneeds\.([\w-]+)\.(?:outputs|result)")]
    private static partial Regex NeedsRead();

    [GeneratedRegex(@"\$\{\{[^}]*?(?<![\w.])steps\.([\w-]+)\.(?:outputs|outcome|conclusion)")]
    private static partial Regex StepsRead();
}
