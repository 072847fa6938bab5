using WasmWizard.Delivery.Checking.Reading;
using WasmWizard.Delivery.Checking.Yaml;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A workflow that the platform does not accept: it is no YAML, or lacks what every workflow has.</summary>
internal sealed class UnreadableWorkflow : CheckRule
{
    public override string Id => "WW6101";

    public override string Title => "A workflow cannot be read";

    public override string Required => "every workflow is YAML with triggers and jobs, each key once: one that cannot be read runs never, and says so nowhere in the pull request";

    protected override IEnumerable<Place> Inspect(Repository repository) => repository.Workflows.SelectMany(Faults);

    private static IEnumerable<Place> Faults(Workflow workflow)
    {
        if (workflow.Yaml.Faults.Count > 0)
        {
            foreach (var (line, reason) in workflow.Yaml.Faults)
                yield return new(workflow.Path, line, reason, "mend the YAML; actionlint shows the place");
            yield break;
        }

        if (workflow.Root.Kind != NodeKind.Mapping || !workflow.On.Exists)
            yield return new(workflow.Path, 1, "it has no triggers (on:)", "say when it runs, or remove the file");
        else if (workflow.Jobs.Count == 0)
            yield return new(workflow.Path, 1, "it has no jobs", "add jobs, or remove the file");
        foreach (var job in workflow.Jobs.Where(job => job.Node.Kind != NodeKind.Mapping || (!job.Node["runs-on"].Exists && !job.Node["uses"].Exists)))
            yield return new(workflow.Path, job.Line, $"job {job.Id} says neither runs-on nor uses", "say where it runs");
        foreach (var step in workflow.Steps.Where(step => step.Uses.Exists == step.Run.Exists))
            yield return new(workflow.Path, step.Line, step.Run.Exists ? "a step has both run and uses" : "a step has neither run nor uses", "one of the two per step");
    }
}
