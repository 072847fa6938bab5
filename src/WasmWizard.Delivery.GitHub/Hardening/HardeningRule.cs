namespace WasmWizard.Delivery.GitHub.Hardening;

/// <summary>One question that every workflow is asked. Pure: a parsed file in, findings out.</summary>
/// <param name="Id">As findings carry it; where a public auditor of workflows knows the same question, its id.</param>
/// <param name="Required">What the rule asks for, and why, in one line.</param>
/// <param name="Inspect">Each place that breaks it.</param>
public sealed record HardeningRule(string Id, string Required, Func<WorkflowSource, IEnumerable<Place>> Inspect)
{
    public IEnumerable<HardeningFinding> Of(WorkflowSource workflow) =>
        Inspect(workflow).Select(place => new HardeningFinding(Id, workflow.Path, place.Line, Required, place.Found, place.Fix));
}

/// <summary>Where a rule is broken.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Fix">What to write instead.</param>
public readonly record struct Place(long Line, string Found, string Fix);
