using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A workflow outside the only folder from which the platform starts workflows.</summary>
internal sealed partial class MisplacedWorkflow : CheckRule
{
    public override string Id => "WW6102";

    public override string Title => "A workflow lies where nothing runs it";

    public override string Required => "workflows lie in .github/workflows at the repository's root; anywhere else they never run";

    protected override IEnumerable<Place> Inspect(Repository repository) =>
        from file in repository.Files
        where file.IsYaml && !file.IsAside && file.Folder != Workflow.Folder && LooksPlaced().IsMatch(file.Folder)
        where file.Text.Contains("runs-on:", StringComparison.Ordinal) && file.Text.Contains("jobs:", StringComparison.Ordinal)
        select new Place(file.Path, 1, $"a workflow in {file.Folder}", $"move it to .github/workflows/{file.Name}, or remove it");

    // Only folders that somebody took for the right one; workflows kept elsewhere are usually meant as text.
    [GeneratedRegex(@"(^|/)(\.?github/workflows?/.*|\.?workflows?/|\.github/|ci/|)$")]
    private static partial Regex LooksPlaced();
}
