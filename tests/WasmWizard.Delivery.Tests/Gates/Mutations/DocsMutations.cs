using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Docs;
using WasmWizard.Delivery.Generation;
using WasmWizard.Delivery.Tests.Gates.Docs;

namespace WasmWizard.Delivery.Tests.Gates.Mutations;

public sealed class DocsMutations : IGateMutations
{
    private static readonly DocsObservation InOrder = DocsGateSpecs.Healthy;

    public GateId Gate => GateId.Docs;

    public string Control => "five documents that link to each other, a change that is told";

    public GateResult Healthy() => DocsGate.Judge(InOrder);

    public IReadOnlyList<Mutation> Mutations { get; } =
    [
        new(Breaks.Threshold, "a visible change without an entry", () => DocsGate.Judge(InOrder with { BaseChangelog = InOrder.Documents[Changelog.Path] })),
        new(Breaks.EmptyInput, "there are no documents", () => DocsGate.Judge(InOrder with { Documents = new Dictionary<string, string>() })),
        new(Breaks.EmptyInput, "the changelog has no section for what is not released", () => DocsGate.Judge(DocsGateSpecs.With(Changelog.Path, "# Changes\n"))),
        new(Breaks.WrongSubject, "a link to a file that moved", () => DocsGate.Judge(DocsGateSpecs.With("docs/glossary.md", "# Words\n"))),
        new(Breaks.WrongSubject, "a decision that names a test of another name", () => DocsGate.Judge(InOrder with { TestClasses = new HashSet<string> { "TwoSpecs" } })),
        new(Breaks.ToolMissing, "the clone has no history", () => DocsGate.Judge(InOrder with { Changed = null })),
        new(Breaks.StaleData, "a generated reference is of yesterday", () => DocsGate.Judge(InOrder with { Generated = [new GeneratedDifference.Stale("docs/reference/a.md", 1, "new", "old")] })),
        new(Breaks.StaleData, "a shown command names a target that is gone", () => DocsGate.Judge(InOrder with { Targets = ["Test"] })),
        new(Breaks.Corrupt, "a link into nowhere", () => DocsGate.Judge(DocsGateSpecs.With("x.md", "[x](\u0000)"))),
    ];
}
