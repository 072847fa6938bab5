using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;
using WasmWizard.Delivery.Testing;

namespace WasmWizard.Delivery.Tests.Rollouts;

/// <summary>A situation with a command to give in it, for tests that disturb the command at every side effect.</summary>
/// <param name="Name">Shown in the name of a test.</param>
/// <param name="Prepare">Brings a fresh environment into the situation.</param>
/// <param name="Run">The command.</param>
/// <param name="Before">What serves before; null: nothing.</param>
/// <param name="After">What serves when the command succeeds; null: nothing.</param>
public sealed record Scenario(
    string Name,
    Func<SimulatedEnvironment, Task> Prepare,
    Func<RolloutRunner, SimulatedProcess, Task<RolloutOutcome>> Run,
    Release? Before,
    Release? After)
{
    private static readonly Release First = TestReleases.Number(1);
    private static readonly Release Second = TestReleases.Number(2, migrations: 3);

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("first deploy", _ => Task.CompletedTask, (runner, process) => runner.Deploy(First, null, process.Asked), null, First),
        new("second deploy with migrations", environment => environment.Deploy(First), (runner, process) => runner.Deploy(Second, null, process.Asked), First, Second),
        new(
            "deploy that prunes",
            async environment =>
            {
                environment.World.KeptReleases = 2;
                await environment.Deploy(First);
                await environment.Deploy(Second);
            },
            (runner, process) => runner.Deploy(TestReleases.Number(3, 3), null, process.Asked), Second, TestReleases.Number(3, 3)),
        new(
            "rollback",
            async environment =>
            {
                await environment.Deploy(First);
                await environment.Deploy(Second);
            },
            (runner, process) => runner.Rollback(null, null, process.Asked), Second, First),
        new(
            "deploy of a release that answers wrongly",
            async environment =>
            {
                await environment.Deploy(First);
                environment.World.FailsInEnvironment.Add(Second.Id);
            },
            (runner, process) => runner.Deploy(Second, null, process.Asked), First, First),
        new("stop", environment => environment.Deploy(First), (runner, process) => runner.Stop(process.Asked), First, null),
    ];

    public override string ToString() => Name;
}
