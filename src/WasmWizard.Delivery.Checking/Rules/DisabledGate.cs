using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A check that is switched off where it stands.</summary>
internal sealed class DisabledGate : CheckRule
{
    public override string Id => "WW6207";

    public override string Title => "A check is switched off";

    public override string Required => "a check that is written down runs";

    protected override IEnumerable<Place> Inspect(Repository repository)
    {
        foreach (var workflow in repository.Workflows)
        {
            foreach (var job in workflow.Jobs)
            {
                if (IsOff(job.Node))
                    yield return new(workflow.Path, job.Node["if"].Line, $"job {job.Id} never runs (if: {job.Node["if"].Value})", "remove the condition, or the job");
                foreach (var step in job.Steps.Where(step => IsOff(step.Node)))
                    yield return new(workflow.Path, step.Node["if"].Line, $"step {step.Name} never runs (if: {step.Node["if"].Value})", "remove the condition, or the step");
            }
        }
    }

    public override CheckSeverity Severity => CheckSeverity.Warning;

    private static bool IsOff(Yaml.Node node) => node["if"].Value.Replace(" ", "", StringComparison.Ordinal) is "false" or "${{false}}";
}
