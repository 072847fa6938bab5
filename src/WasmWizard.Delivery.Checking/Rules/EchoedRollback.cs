using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A rollback that only prints.</summary>
internal sealed class EchoedRollback : CheckRule
{
    public override string Id => "WW6302";

    public override string Title => "A rollback does nothing";

    public override string Required => "a step that is called a rollback brings the release before back";

    protected override IEnumerable<Place> Inspect(Repository repository) => EchoedSteps.About(repository, "rollback", "run the rollback here and verify that the environment is healthy");
}
