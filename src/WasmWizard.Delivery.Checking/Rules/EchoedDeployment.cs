using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A deployment that only prints.</summary>
internal sealed class EchoedDeployment : CheckRule
{
    public override string Id => "WW6301";

    public override string Title => "A deployment only prints";

    public override string Required => "a step that is called a deployment changes the environment";

    protected override IEnumerable<Place> Inspect(Repository repository) => EchoedSteps.About(repository, "deploy", "run the deployment here, or call the step what it is");
}
