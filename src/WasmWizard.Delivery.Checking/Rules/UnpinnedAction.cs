using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>An action by a name that can be moved to other code.</summary>
internal sealed partial class UnpinnedAction : CheckRule
{
    public override string Id => "WW6110";

    public override string Title => "An action is not pinned";

    public override string Required => "every action by its full commit: what runs tomorrow is what was read today";

    public override CheckSeverity Severity => CheckSeverity.Warning;

    protected override IEnumerable<Place> Inspect(Repository repository) =>
        from workflow in repository.Workflows
        from uses in workflow.Steps.Select(step => step.Uses).Concat(workflow.Jobs.Select(job => job.Node["uses"]))
        where uses.Value.Length > 0 && !uses.Value.StartsWith('.') && !uses.Value.StartsWith("$/", StringComparison.Ordinal) && !uses.Value.StartsWith("docker://", StringComparison.Ordinal)
        where !Commit().IsMatch(uses.Value)
        select new Place(workflow.Path, uses.Line, $"uses: {uses.Value}", "owner/name@ and the 40 digits of the commit, the version behind it as a comment")
        {
            // A branch moves with every push, a version with intent.
            Severity = Branch().IsMatch(uses.Value) ? CheckSeverity.Error : null,
        };

    [GeneratedRegex(@"@[0-9a-f]{40}\z")]
    private static partial Regex Commit();

    [GeneratedRegex(@"(@(main|master|develop|HEAD|latest)|^[^@]+)\z")]
    private static partial Regex Branch();
}
