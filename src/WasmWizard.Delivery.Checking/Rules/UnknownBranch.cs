using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A trigger on a branch that does not exist.</summary>
internal sealed class UnknownBranch : CheckRule
{
    private static readonly string[] Triggers = ["push", "pull_request", "pull_request_target"];

    public override string Id => "WW6104";

    public override string Title => "A trigger names a branch that does not exist";

    public override string Required => "a workflow's branches exist: a trigger on another one never fires";

    protected override IEnumerable<Place> Inspect(Repository repository)
    {
        var declared = repository.Strategy.Branches.Select(branch => branch.Name).ToHashSet();
        var known = repository.Snapshot.Branches.Names.Concat(declared).ToHashSet();
        if (declared.Count == 0 && !repository.Snapshot.Branches.AreComplete)
            yield break;
        foreach (var workflow in repository.Workflows)
        {
            foreach (var filter in Triggers.Select(trigger => workflow.On[trigger]["branches"]))
            {
                // Where a strategy lists the branches, each other name is wrong; elsewhere lists like [main, master] are habit.
                var names = filter.Texts;
                var unknown = names.Where(name => BranchPattern.IsLiteral(name) && !known.Contains(name)).ToList();
                if (unknown.Count > 0 && (declared.Count > 1 || unknown.Count == names.Count))
                {
                    yield return new(workflow.Path, filter.Line, $"it waits for {string.Join(", ", unknown)}", $"one of: {string.Join(", ", known.Order(StringComparer.Ordinal).Take(8))}")
                    {
                        Promised = repository.Strategy.Branches is [{ } first, ..] ? $"{first.File}:{first.Line}: branches {string.Join(", ", declared)}" : null,
                        Severity = declared.Count > 1 ? null : CheckSeverity.Warning,
                    };
                }
            }
        }
    }
}
