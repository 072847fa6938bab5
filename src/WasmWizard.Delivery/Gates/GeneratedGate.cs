using WasmWizard.Delivery.Generation;

namespace WasmWizard.Delivery.Gates;

/// <summary>Judges whether the repository's generated files are what its definition generates.</summary>
public static class GeneratedGate
{
    public static GateResult Judge(IReadOnlyList<GeneratedDifference> differences) => differences.Count == 0
        ? new(Verdict.Passed, "every generated file is current")
        : new(Verdict.Refused, $"{differences.Count} files differ; first: {differences[0].Message}", GeneratedHeader.Command)
        {
            Measurements = new Dictionary<string, decimal> { ["files"] = differences.Count },
        };
}
