using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.GitHub.Workflows;

namespace WasmWizard.Delivery.GitHub.Pipelines;

/// <summary>The last job of production's flow: what serves there, healthy, gets its version, its tag and its notes.</summary>
internal static class ReleaseJob
{
    public const string Target = "Release";

    // The image's bill of materials is published beside the signed claims.
    private const string Contents = "Sbom";

    /// <summary>A tag that started the run says the version; otherwise the commits since the last one do.</summary>
    public const string VersionArgument = "${VERSION:+--version \"$VERSION\"}";

    /// <summary>Writes the tag and the release, and sees what was deployed.</summary>
    public static readonly IReadOnlyList<TokenRight> Rights = [TokenRight.WriteContents, TokenRight.ReadDeployments];

    public static Setting Token => new("NUKE_GITHUB_TOKEN", "${{ github.token }}");

    public static Job Of(PipelineDefinition definition, DeploymentEnvironment environment, JobGraph graph, PipelineSteps steps)
    {
        var target = definition.Graph.Find(Target)!;
        var products = graph.ProductsFor(definition.Graph.Find(PipelineDefinition.DeployTarget)!);
        return new()
        {
            Id = JobId.Of(target.Name),
            Comment = ["After the verified rollout, because a version names what was healthy in production and nothing else."],
            Needs = [JobId.Of(PipelineDefinition.DeployTarget), .. products.Select(product => JobId.Of(product.Name))],
            Runner = Runner.Ubuntu,
            Timeout = target.Timeout,
            Rights = Rights,
            Concurrency = new("release", NewestWins: false),
            Steps =
            [
                steps.Checkout(wholeHistory: true),
                steps.SetUpSdk(),
                .. products.SelectMany(steps.TakeProduct),
                .. definition.Signers.Where(signer => signer.Product.Length > 0).Select(steps.TakeSigned),
                .. definition.Graph.Find(Contents) is { } contents ? [PipelineSteps.RunTarget(contents, environment.Branch)] : Array.Empty<Step>(),
                PipelineSteps.RunTarget(target, environment.Branch, VersionArgument) with
                {
                    Variables = [new("VERSION", "${{ github.ref_type == 'tag' && github.ref_name || '' }}"), Token],
                },
            ],
        };
    }
}
