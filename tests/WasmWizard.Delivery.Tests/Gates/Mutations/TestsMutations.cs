using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Tests;

namespace WasmWizard.Delivery.Tests.Gates.Mutations;

public sealed class TestsMutations : IGateMutations
{
    private static readonly TestRun Green = new("A", 3, [], [], Aborted: false);

    public GateId Gate => GateId.Tests;

    public string Control => "three tests of one project passed";

    public GateResult Healthy() => Judge(Green);

    public IReadOnlyList<Mutation> Mutations { get; } =
    [
        new(Breaks.Threshold, "one test fails", () => Judge(Green with { Failed = ["N.C.m"] })),
        new(Breaks.Threshold, "one test is skipped where none may be", () => Judge(Green with { Skipped = ["N.C.s"] })),
        new(Breaks.EmptyInput, "no test ran", () => Judge(Green with { Passed = 0 })),
        new(Breaks.EmptyInput, "no project reported", () => TestsGate.Judge(["A"], [], skipsAllowed: false)),
        new(Breaks.WrongSubject, "another project reported", () => Judge(Green with { Project = "B" })),
        new(Breaks.ToolMissing, "the runner did not complete", () => Judge(Green with { Aborted = true })),
        new(Breaks.Corrupt, "the report is torn", () => TestsGate.Judge(["A"], TrxReport.Parse("A", "<TestRun><Results>") is { } run ? [run] : [], skipsAllowed: false)),
    ];

    private static GateResult Judge(TestRun run) => TestsGate.Judge(["A"], [run], skipsAllowed: false);
}
