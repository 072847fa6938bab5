using WasmWizard.Delivery.Gates;

namespace WasmWizard.Delivery.Tests.Gates.Mutations;

public sealed class FormatMutations : IGateMutations
{
    public GateId Gate => GateId.Format;

    public string Control => "nothing to change";

    public GateResult Healthy() => FormatGate.Judge([0], []);

    public IReadOnlyList<Mutation> Mutations { get; } =
    [
        new(Breaks.Threshold, "one file would change", () => FormatGate.Judge([2], ["a.cs"])),
        new(Breaks.EmptyInput, "files would change, the report is empty", () => FormatGate.Judge([2], [])),
        new(Breaks.ToolMissing, "the command is not found", () => FormatGate.Judge([127], [])),
        new(Breaks.Corrupt, "the project does not load", () => FormatGate.Judge([1], [])),
        new(Breaks.Corrupt, "the tool was killed", () => FormatGate.Judge([137], [])),
        new(Breaks.Corrupt, "the tool crashed", () => FormatGate.Judge([-532462766], [])),
    ];
}
