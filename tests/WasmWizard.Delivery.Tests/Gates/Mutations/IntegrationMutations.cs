using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Integration;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Tests.Gates.Mutations;

public sealed class IntegrationMutations : IGateMutations
{
    private static readonly Digest Release = Digest.Of("release"u8);

    private static readonly IntegrationObservation.Measured InOrder =
        new(Release, ["PostgreSQL 15", "Redis 7"], [.. IntegrationGate.Required.Select(name => new IntegrationCheck(name, null))]);

    public GateId Gate => GateId.Integration;

    public string Control => "every check held, with both servers";

    public GateResult Healthy() => Judge(InOrder);

    public IReadOnlyList<Mutation> Mutations { get; } =
    [
        new(Breaks.Threshold, "one check does not hold", () => Judge(InOrder with { Checks = [.. InOrder.Checks.SkipLast(1), new("stop", "exit code 137")] })),
        new(Breaks.EmptyInput, "nothing was tried", () => Judge(InOrder with { Checks = [] })),
        new(Breaks.EmptyInput, "one check was not made", () => Judge(InOrder with { Checks = [.. InOrder.Checks.Skip(1)] })),
        new(Breaks.EmptyInput, "one of the servers was not there", () => Judge(InOrder with { Servers = ["PostgreSQL 15"] })),
        new(Breaks.WrongSubject, "another release ran", () => Judge(InOrder with { Ran = Digest.Of("other"u8) })),
        new(Breaks.ToolMissing, "PostgreSQL is not installed", () => Judge(new IntegrationObservation.ToolsMissing(["postgres"]))),
        new(Breaks.Corrupt, "a server does not come up", () => Judge(new IntegrationObservation.Failed("PostgreSQL ended with exit code 1"))),
    ];

    private static GateResult Judge(IntegrationObservation observation) => IntegrationGate.Judge(observation, Release);
}
