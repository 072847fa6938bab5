using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A check that the strategy requires of a branch, and that no workflow of the branch runs.</summary>
internal sealed class UnkeptCheck : CheckRule
{
    public override string Id => "WW6001";

    public override string Title => "A required check is run nowhere";

    public override string Required => "every check that the strategy requires runs on a push to the branch or on a pull request into it";

    protected override IEnumerable<Place> Inspect(Repository repository)
    {
        if (repository.Workflows.Count == 0)
            yield break;
        foreach (var check in repository.Strategy.Checks)
        {
            string[] branches = check.Branch is { } branch ? [branch] : [""];
            foreach (var missing in branches.Where(name => !Texts(repository, name).Any(text => Capabilities.In(text).Contains(check.Capability!.Value))).Take(1))
            {
                var place = missing.Length == 0 ? "" : $" that runs for {missing}";
                yield return new(check.File, check.Line, $"no workflow{place} has a command or an action for: {check.Text}", $"add the step to a workflow{place} on push or pull_request, or take the line out")
                {
                    Promised = check.ToString(),
                };
            }
        }
    }

    private static IEnumerable<string> Texts(Repository repository, string branch) => branch.Length > 0
        ? RunTexts.On(repository, branch)
        : repository.Workflows.SelectMany(workflow => workflow.Jobs).SelectMany(job => RunTexts.Of(repository, job));
}
