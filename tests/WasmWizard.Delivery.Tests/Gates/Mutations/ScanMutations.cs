using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Audit;
using WasmWizard.Delivery.Gates.Scan;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Tests.Gates.Mutations;

public sealed class ScanMutations : IGateMutations
{
    private static readonly ScanObservation.Measured InOrder = ScanGateSpecs.Healthy;

    public GateId Gate => GateId.Scan;

    public string Control => "42 packages of the release's image, no finding";

    public GateResult Healthy() => ScanGateSpecs.Judge(InOrder);

    public IReadOnlyList<Mutation> Mutations { get; } =
    [
        new(Breaks.Threshold, "a HIGH finding", () => ScanGateSpecs.Judge(InOrder with { Findings = [new("CVE-1", "libssl3t64", "3.5.0-1", Severity.High)] })),
        new(Breaks.EmptyInput, "no system packages", () => ScanGateSpecs.Judge(InOrder with { SystemPackages = 0 })),
        new(Breaks.EmptyInput, "no application packages", () => ScanGateSpecs.Judge(InOrder with { ApplicationPackages = 0 })),
        new(Breaks.WrongSubject, "a scan of another image", () => ScanGateSpecs.Judge(InOrder with { Image = Digest.Of("other"u8) })),
        new(Breaks.ToolMissing, "no data", () => ScanGateSpecs.Judge(new ScanObservation.NoData("no index", "get one"))),
        new(Breaks.StaleData, "an index past its validity", () => ScanGateSpecs.Judge(InOrder with { DataValidUntil = ScanGateSpecs.Now.AddMinutes(-1) })),
        new(Breaks.Corrupt, "the scanner fails", () => ScanGateSpecs.Judge(new ScanObservation.Failed("broken", "mend it"))),
    ];
}
