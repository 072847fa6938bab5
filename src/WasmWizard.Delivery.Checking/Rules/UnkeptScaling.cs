using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>Scaling that the strategy promises and no manifest declares.</summary>
internal sealed class UnkeptScaling : CheckRule
{
    public override string Id => "WW6004";

    public override string Title => "The promised scaling is declared nowhere";

    public override string Required => "an environment that scales by itself has an autoscaler";

    protected override IEnumerable<Place> Inspect(Repository repository)
    {
        if (repository.Strategy.AutoScaling is { } promise && repository.Manifests.Any(manifest => manifest.Kind == "Deployment")
            && !repository.Manifests.Any(manifest => manifest.Kind is "HorizontalPodAutoscaler" or "ScaledObject"))
        {
            yield return new(promise.File, promise.Line, "the manifests hold a Deployment and no HorizontalPodAutoscaler", "add a HorizontalPodAutoscaler for the Deployment")
            {
                Promised = promise.ToString(),
            };
        }
    }
}
