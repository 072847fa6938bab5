using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Testing;
using Xunit.Abstractions;

namespace WasmWizard.Delivery.Tests.Rollouts;

/// <summary>
/// A deploy is killed before, in the middle of or after a side effect that the seed draws, over a history that it draws too, and sometimes the next one as well;
/// then one quiet deploy makes everything whole. WASM_WIZARD_KILLS deploys are killed (default 2,000), from the seed WASM_WIZARD_SEED (default 1) on.
/// </summary>
[Trait("suite", "complete")]
public class KilledDeploySpecs(ITestOutputHelper output)
{
    /// <summary>A deploy has at most about so many side effects, an undo included.</summary>
    private const int Effects = 45;

    private static readonly Disturbance[] Deaths = [Disturbance.DieBefore, Disturbance.DieDuring, Disturbance.DieAfter];
    private static readonly Release Wanted = TestReleases.Number(5, migrations: 5);
    private static readonly Release Rescue = TestReleases.Number(6, migrations: 6);

    [Fact]
    public async Task After_a_deploy_was_killed_anywhere_the_next_one_converges_and_something_serves_at_every_moment()
    {
        var (first, kills) = (Number("WASM_WIZARD_SEED", 1), Number("WASM_WIZARD_KILLS", 2000));
        var killed = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var deploys = 0;
        for (var seed = first; deploys < kills; seed++)
        {
            var story = new List<string>();
            try
            {
                deploys += await KillAndConverge(new Random(seed), story);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Seed {seed} (WASM_WIZARD_SEED={seed} WASM_WIZARD_KILLS=1): {string.Join(", ", story)}\n{failure.Message}", failure);
            }

            foreach (var effect in story)
            {
                killed[effect] = killed.GetValueOrDefault(effect) + 1;
            }
        }

        output.WriteLine($"{deploys} deploys killed from seed {first}, at {killed.Count} different places, at least {killed.Values.Min()} at each");
        Assert.True(kills < 2000 || killed.Count > 60, $"The kills no longer reach every kind of side effect: {string.Join(", ", killed.Keys)}");
    }

    /// <returns>How many deploys were killed: none when the place that was drawn lies behind the deploy's end.</returns>
    private static async Task<int> KillAndConverge(Random random, List<string> story)
    {
        var time = new FakeTimeProvider();
        var environment = await Drawn(random, time);
        for (var kill = 1 + (random.Next(3) / 2); kill > 0; kill--)
        {
            using var process = new SimulatedProcess($"killed {kill}");
            var (at, death) = (random.Next(1, Effects + 1), Deaths[random.Next(Deaths.Length)]);
            process.Disturb = (number, what) =>
            {
                if (number != at)
                {
                    return Disturbance.None;
                }

                story.Add($"{death} {what}");
                return death;
            };
            await environment.Runner(process).Deploy(Wanted, null, process.Asked);
            process.Die();
            time.Advance(environment.Locks.SeesProcesses ? TimeSpan.Zero : environment.Lease);
        }

        var works = environment.World.FailsToStart.Count + environment.World.FailsInEnvironment.Count == 0;
        await Convergence.AssertAfterDeployOf(environment, works && random.Next(2) == 0 ? Wanted : Rescue, mayServe: true);
        return story.Count;
    }

    /// <summary>An environment after up to three deploys, for which the wanted release may be a bad one.</summary>
    private static async Task<SimulatedEnvironment> Drawn(Random random, FakeTimeProvider time)
    {
        var environment = new SimulatedEnvironment(time);
        environment.Locks.SeesProcesses = random.Next(4) > 0;
        environment.World.KeptReleases = random.Next(2, 5);
        for (var deploys = random.Next(4); deploys > 0; deploys--)
        {
            var number = random.Next(1, 5);
            await environment.Deploy(TestReleases.Number(number, migrations: number));
        }

        if (random.Next(3) == 0)
        {
            (random.Next(2) == 0 ? environment.World.FailsToStart : environment.World.FailsInEnvironment).Add(Wanted.Id);
        }

        return environment;
    }

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
