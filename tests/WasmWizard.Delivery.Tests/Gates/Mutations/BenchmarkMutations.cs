using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Benchmark;
using static WasmWizard.Delivery.Tests.Gates.Benchmark.BenchmarkGateSpecs;

namespace WasmWizard.Delivery.Tests.Gates.Mutations;

public sealed class BenchmarkMutations : IGateMutations
{
    public GateId Gate => GateId.Benchmark;

    public string Control => "two benchmarks, ten pairs each, equal speed";

    public GateResult Healthy() => Judge(Compared(1.0));

    public IReadOnlyList<Mutation> Mutations { get; } =
    [
        new(Breaks.Threshold, "15 % more time", () => Judge(Compared(1.15))),
        new(Breaks.Threshold, "twice the allocations", () => Judge(Compared(1.0, bytes: 128))),
        new(Breaks.Threshold, "noise of 40 %", () => Judge(Compared(1.0, noise: 0.4))),
        new(Breaks.EmptyInput, "nothing in common to compare", () => Judge(new BenchmarkObservation.Compared([], []))),
        new(Breaks.EmptyInput, "too few pairs", () => Judge(Compared(1.0, pairs: 5))),
        new(Breaks.WrongSubject, "a benchmark of the base was not measured", () => Judge(Compared(1.0) with { Expected = ["Suite.A", "Suite.B", "Suite.C"] })),
        new(Breaks.ToolMissing, "the base has no benchmarks, and nobody waived it", () => Judge(new BenchmarkObservation.NoBase(null))),
        new(Breaks.StaleData, "the waiver expired", () => Judge(new BenchmarkObservation.NoBase(new("first", "ada", new(2026, 1, 1))))),
        new(Breaks.Corrupt, "the export is torn", () => Judge(new BenchmarkObservation.Failed("the export cannot be read", "run it again"))),
    ];
}
