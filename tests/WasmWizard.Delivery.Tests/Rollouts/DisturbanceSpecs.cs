using Microsoft.Extensions.Time.Testing;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;
using WasmWizard.Delivery.Testing;
using Xunit.Abstractions;

namespace WasmWizard.Delivery.Tests.Rollouts;

/// <summary>Fails, cancels or kills every command at each of its side effects in turn, then asks for what must hold.</summary>
public class DisturbanceSpecs(ITestOutputHelper output)
{
    private static readonly Release Rescue = TestReleases.Number(9, migrations: 4);

    public static TheoryData<string, Disturbance> Cases()
    {
        var cases = new TheoryData<string, Disturbance>();
        foreach (var scenario in Scenario.All)
        {
            foreach (var disturbance in Enum.GetValues<Disturbance>().Except([Disturbance.None]))
            {
                cases.Add(scenario.Name, disturbance);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_command_disturbed_at_any_side_effect_leaves_a_world_that_the_next_one_makes_whole(string name, Disturbance disturbance)
    {
        var scenario = Scenario.All.Single(scenario => scenario.Name == name);
        var effects = await CountEffects(scenario);
        Assert.True(effects > 10, $"only {effects} effects were found to disturb");
        for (var at = 1; at <= effects; at++)
        {
            await Disturb(scenario, disturbance, at);
        }
    }

    private static async Task<int> CountEffects(Scenario scenario)
    {
        var environment = new SimulatedEnvironment(new FakeTimeProvider());
        await scenario.Prepare(environment);
        using var process = new SimulatedProcess("counter");
        await scenario.Run(environment.Runner(process), process);
        return process.Effects.Count;
    }

    private async Task Disturb(Scenario scenario, Disturbance disturbance, int at)
    {
        var environment = new SimulatedEnvironment(new FakeTimeProvider());
        await scenario.Prepare(environment);
        using var process = new SimulatedProcess("disturbed");
        var where = "";
        process.Disturb = (number, what) =>
        {
            where = number == at ? what : where;
            return number == at && IsPossible(disturbance, what) ? disturbance : Disturbance.None;
        };

        var outcome = await scenario.Run(environment.Runner(process), process);
        output.WriteLine($"{scenario} {disturbance} at {at} ({where}): {outcome.GetType().Name}");
        if (process.IsAlive)
        {
            AssertTruthful(scenario, outcome, environment, where);
        }

        // The process ends in any case; whatever it still holds, nobody unlocks by hand.
        process.Die();
        await Convergence.AssertAfterDeployOf(environment, Rescue);
    }

    // A store that claims to have appended or locked without having done so breaks its contract; only the world may lie.
    private static bool IsPossible(Disturbance disturbance, string what) =>
        disturbance != Disturbance.Lie || !(what.StartsWith("append", StringComparison.Ordinal) || what.EndsWith("lock", StringComparison.Ordinal));

    private static void AssertTruthful(Scenario scenario, RolloutOutcome outcome, SimulatedEnvironment environment, string where)
    {
        var serving = environment.World.Serving;
        switch (outcome)
        {
            case RolloutOutcome.Healthy healthy:
                Assert.Equal(scenario.After, healthy.Release);
                Assert.Equal(scenario.After, serving);
                break;
            case RolloutOutcome.Stopped:
                Assert.Null(serving);
                break;
            case RolloutOutcome.RolledBack rolledBack:
                Assert.Equal(scenario.Before, rolledBack.To);
                Assert.Equal(scenario.Before, serving);
                break;
            case RolloutOutcome.Cancelled or RolloutOutcome.NotStarted:
                Assert.Equal(scenario.Before, serving);
                break;
            case RolloutOutcome.Stuck { Undo: null } stuck:
                // Either the success could not be recorded, or a stop was left halfway.
                Assert.True(stuck.Failure.Step == "ledger" || scenario.After is null, $"stuck at {stuck.Failure.Step} after {where}");
                break;
            case RolloutOutcome.Stuck stuck:
                Assert.True(where.Length > 0 && scenario.Name.EndsWith("answers wrongly", StringComparison.Ordinal), $"{stuck.Undo} after {where}");
                break;
            default:
                Assert.Fail($"{outcome} after {where}");
                break;
        }

        // When the reply to taking or giving back the lock is lost, it ends with the process or its lease.
        Assert.True(environment.Locks.Current is null || where is "acquire lock" or "release lock", $"the lock is left behind after {where}");
    }
}
