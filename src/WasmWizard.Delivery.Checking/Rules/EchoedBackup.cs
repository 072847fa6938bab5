using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A backup that only prints.</summary>
internal sealed class EchoedBackup : CheckRule
{
    public override string Id => "WW6303";

    public override string Title => "A backup does nothing";

    public override string Required => "a step that is called a backup leaves one that can be restored";

    protected override IEnumerable<Place> Inspect(Repository repository) => EchoedSteps.About(repository, "backup", "take the backup here, keep it, restore it once to see that it is one");
}
