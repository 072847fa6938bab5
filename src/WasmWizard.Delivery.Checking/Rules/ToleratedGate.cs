using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A check whose step or job may fail without consequence.</summary>
internal sealed partial class ToleratedGate : CheckRule
{
    public override string Id => "WW6202";

    public override string Title => "A check's failure is tolerated";

    public override string Required => "a check that fails fails its job";

    protected override IEnumerable<Place> Inspect(Repository repository)
    {
        foreach (var workflow in repository.Workflows)
        {
            foreach (var job in workflow.Jobs)
            {
                if (Experiment().IsMatch($"{workflow.Path} {job.Id} {job.Name}"))
                    continue;
                if (Tolerates(job.Node) && job.Steps.Any(step => Checks(repository, step)))
                    yield return new(workflow.Path, job.Node["continue-on-error"].Line, $"job {job.Id} checks and may fail (continue-on-error: true)", "remove continue-on-error");
                foreach (var step in job.Steps.Where(step => Tolerates(step.Node) && !Experiment().IsMatch(step.Name) && Checks(repository, step) && !IsAskedLater(job, step)))
                    yield return new(workflow.Path, step.Node["continue-on-error"].Line, $"{(step.Name.Length > 0 ? step.Name : step.Action)} may fail (continue-on-error: true)", "remove continue-on-error, or let a later step fail on its outcome");
            }
        }
    }

    private static bool Tolerates(Yaml.Node node) => node["continue-on-error"].Value == "true";

    private static bool Checks(Repository repository, Step step) =>
        Capabilities.IsGateAction(step.Action) || repository.Steps.Any(script => script.Step == step && script.Commands.Any(Capabilities.IsGate));

    private static bool IsAskedLater(Job job, Step step) => step.Node["id"].Value is { Length: > 0 } id
        && job.Node.All().Any(node => node.Value.Contains($"steps.{id}.outcome", StringComparison.Ordinal));

    // Said to be no gate where it stands.
    [GeneratedRegex(@"(?i)(nightly|experiment|canary|allow(ed)?[ -_]?(to[ -_])?fail|optional|informational|non-?blocking|unstable|upstream|\bbeta\b)")]
    private static partial Regex Experiment();
}
