using WasmWizard.Delivery.Checking.Reading;
using WasmWizard.Delivery.Checking.Rules;
using WasmWizard.Delivery.Checking.Snapshots;

namespace WasmWizard.Delivery.Checking;

/// <summary>Asks a repository every rule.</summary>
public static class RepositoryCheck
{
    /// <summary>In the order of their ids.</summary>
    public static IReadOnlyList<CheckRule> Rules { get; } =
    [
        new UnkeptCheck(), new UndeployedBranch(), new UnkeptBackup(), new UnkeptScaling(), new OtherVariable(), new UnbuiltTag(),
        new UnreadableWorkflow(), new MisplacedWorkflow(), new UnknownReference(), new UnknownBranch(), new UnreportedCheck(), new UnpinnedAction(), new MutableImage(),
        new SwallowedGate(), new ToleratedGate(), new HiddenByPipe(), new UncheckedErrors(), new ScannerWithoutThreshold(), new CoverageWithoutFloor(), new DisabledGate(), new UnaskedGate(),
        new EchoedDeployment(), new EchoedRollback(), new EchoedBackup(), new EchoedGate(), new LostBackup(), new TruncatedBackup(), new MixedResult(), new UnreadableBackup(), new CarelessRestore(),
        new MissingFile(), new UnknownRecipe(), new MissingDeployment(), new MissingComposeService(), new ScanOfUnbuiltImage(), new DanglingObject(),
        new SecretInTheClear(), new PrintedSecret(),
        new ProbeWithoutRoute(), new UnloadableAlert(), new SelfDivision(), new UnknownMetric(), new UnloadedRules(),
        new ReversibleMigration(), new UnsafeMigration(),
    ];

    /// <summary>All findings, sorted by file, line and rule; the same snapshot gives the same list.</summary>
    public static IReadOnlyList<CheckFinding> Of(RepositorySnapshot snapshot)
    {
        var repository = new Repository(snapshot);
        return [.. Rules.SelectMany(rule => rule.Of(repository)).Distinct()
            .OrderBy(finding => finding.File, StringComparer.Ordinal).ThenBy(finding => finding.Line).ThenBy(finding => finding.Rule, StringComparer.Ordinal)];
    }
}
