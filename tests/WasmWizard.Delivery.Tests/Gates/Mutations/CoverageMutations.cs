using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Coverage;

namespace WasmWizard.Delivery.Tests.Gates.Mutations;

public sealed class CoverageMutations : IGateMutations
{
    private static readonly Dictionary<string, int> Expected = new() { ["A"] = 100, ["B"] = 100 };

    public GateId Gate => GateId.Coverage;

    public string Control => "170 of 200 lines covered, 85 % required";

    public GateResult Healthy() => Judge(new("A", 85, 100, 0, 0), new("B", 85, 100, 0, 0));

    public IReadOnlyList<Mutation> Mutations { get; } =
    [
        new(Breaks.Threshold, "one line less is covered", () => Judge(new("A", 85, 100, 0, 0), new("B", 84, 100, 0, 0))),
        new(Breaks.EmptyInput, "the report has no assemblies", () => Judge()),
        new(Breaks.EmptyInput, "the report has no lines", () => Judge(new("A", 0, 0, 0, 0), new("B", 0, 0, 0, 0))),
        new(Breaks.WrongSubject, "only the tests themselves were measured", () => Judge(new AssemblyCoverage("A.Tests", 100, 100, 0, 0))),
        new(Breaks.WrongSubject, "no test touches one assembly any more", () => Judge(new AssemblyCoverage("A", 100, 100, 0, 0))),
        new(Breaks.ToolMissing, "there is no report", () => CoverageGate.Judge(null, Expected, 85)),
        new(Breaks.Corrupt, "the report is torn", () => CoverageGate.Judge(CoverageReport.Parse("<coverage><packages>"), Expected, 85)),
    ];

    private static GateResult Judge(params AssemblyCoverage[] assemblies) => CoverageGate.Judge(new(assemblies), Expected, 85);
}
