using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Audit;
using static WasmWizard.Delivery.Tests.Gates.AuditGateSpecs;

namespace WasmWizard.Delivery.Tests.Gates.Mutations;

public sealed class AuditMutations : IGateMutations
{
    private static readonly AuditObservation.Measured InOrder = AuditGateSpecs.Healthy;

    public GateId Gate => GateId.Audit;

    public string Control => "40 packages, no finding, both matchers flag the control record";

    public GateResult Healthy() => Judge(SecurityLevel.Maximum, InOrder);

    public IReadOnlyList<Mutation> Mutations { get; } =
    [
        new(Breaks.Threshold, "a HIGH finding", () => Judge(SecurityLevel.Maximum, With(Found(Severity.High)))),
        new(Breaks.EmptyInput, "no packages", () => Judge(SecurityLevel.Maximum, InOrder with { Packages = 0 })),
        new(Breaks.EmptyInput, "an empty database", () => Judge(SecurityLevel.Maximum, InOrder with { Advisories = 0 })),
        new(Breaks.WrongSubject, "the control package is not flagged", () => Judge(SecurityLevel.Maximum, InOrder with { ControlFlagged = false })),
        new(Breaks.ToolMissing, "no data", () => Judge(SecurityLevel.Maximum, new AuditObservation.NoData("none", "get some"))),
        new(Breaks.StaleData, "data of a month ago", () => Judge(SecurityLevel.Maximum, InOrder with { DataAsOf = Now.AddDays(-31) })),
        new(Breaks.StaleData, "an expired waiver", () => Judge(SecurityLevel.Maximum, InOrder, [Waiver() with { Expiry = new DateOnly(2026, 2, 28) }])),
        new(Breaks.Corrupt, "the tool fails", () => Judge(SecurityLevel.Maximum, new AuditObservation.Failed("broken", "mend it"))),
    ];
}
