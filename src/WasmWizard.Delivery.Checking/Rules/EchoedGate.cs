using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A check that only prints.</summary>
internal sealed class EchoedGate : CheckRule
{
    public override string Id => "WW6304";

    public override string Title => "A check does nothing";

    public override string Required => "a step that is called a check can fail";

    protected override IEnumerable<Place> Inspect(Repository repository) => EchoedSteps.About(repository, "check", "run the check here, or remove the step");
}
