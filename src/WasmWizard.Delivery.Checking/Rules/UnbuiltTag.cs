using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>An image tag that the strategy gives a branch, and that no workflow of the branch builds.</summary>
internal sealed class UnbuiltTag : CheckRule
{
    public override string Id => "WW6006";

    public override string Title => "The promised image tag is built nowhere";

    public override string Required => "a branch's image carries the tag that the strategy gives it";

    protected override IEnumerable<Place> Inspect(Repository repository)
    {
        var builds = repository.Workflows.SelectMany(workflow => workflow.Jobs).SelectMany(job => RunTexts.Of(repository, job)).Any(IsBuild);
        foreach (var branch in repository.Strategy.Branches.Where(branch => builds && branch.Tag is { Length: > 0 } tag && WorkingFolders.IsPlain(tag)))
        {
            var tags = RunTexts.On(repository, branch.Name).SelectMany(text => text.Split(['\n', ' ', ','], StringSplitOptions.RemoveEmptyEntries)).ToHashSet();
            if (!tags.Any(word => word.EndsWith(":" + branch.Tag, StringComparison.Ordinal) || word == "value=" + branch.Tag || word == branch.Tag || word.Contains("build.sh", StringComparison.Ordinal) || word.EndsWith(":${{", StringComparison.Ordinal))
                && !(branch.Tag == branch.Name && tags.Contains("type=ref")))
            {
                yield return new(branch.File, branch.Line, $"no workflow that runs for {branch.Name} builds the tag {branch.Tag}", $"build and push :{branch.Tag}, or write the tag that is built")
                {
                    Promised = $"{branch.File}:{branch.Line}: {branch.Name} has the image tag {branch.Tag}",
                };
            }
        }
    }

    private static bool IsBuild(string text) => text.StartsWith("docker/build-push-action", StringComparison.Ordinal) || text.Contains("docker build", StringComparison.Ordinal);
}
