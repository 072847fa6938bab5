using Microsoft.Extensions.Time.Testing;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;
using WasmWizard.Delivery.Testing;

namespace WasmWizard.Delivery.Tests.Rollouts;

/// <summary>
/// One seeded history of an environment: rounds of one to three commands at once, each perhaps failed, cancelled, killed or paused
/// at some effect, with time that jumps; then one quiet deploy that must make everything whole. Equal seeds give equal histories.
/// </summary>
internal sealed class RandomSequence
{
    // Kills are what this is about, so they come most often.
    private static readonly Disturbance[] Disturbances =
    [
        Disturbance.None, Disturbance.DieBefore, Disturbance.DieDuring, Disturbance.DieAfter, Disturbance.DieBefore, Disturbance.DieAfter,
        Disturbance.FailBefore, Disturbance.FailAfter, Disturbance.Cancel,
    ];

    private readonly Random _random;
    private readonly FakeTimeProvider _time = new();
    private readonly SimulatedEnvironment _environment;
    private readonly List<string> _story = [];
    private int _processes;

    public RandomSequence(int seed)
    {
        _random = new Random(seed);
        _environment = new SimulatedEnvironment(_time);
        _environment.Locks.SeesProcesses = _random.Next(4) > 0;
        _environment.World.KeptReleases = _random.Next(2, 5);
        foreach (var number in Enumerable.Range(1, 5))
        {
            if (_random.Next(6) == 0)
            {
                _environment.World.FailsToStart.Add(Numbered(number).Id);
            }
            else if (_random.Next(6) == 0)
            {
                _environment.World.FailsInEnvironment.Add(Numbered(number).Id);
            }
        }
    }

    /// <summary>What happened, one line per command.</summary>
    public IReadOnlyList<string> Story => _story;

    /// <summary>Commands that ended in each way, by the outcome's name; <c>killed</c> for those whose process died.</summary>
    public Dictionary<string, int> Outcomes { get; } = [];

    /// <summary>The same story as one value, to compare two runs of a seed.</summary>
    public string Digest => $"{string.Join('\n', _story)}\n{_environment.Fingerprint}";

    public async Task Run()
    {
        var rounds = _random.Next(2, 7);
        for (var round = 0; round < rounds; round++)
        {
            RunRound();
            AssertAlways();
        }

        // What cannot be seen to be dead is waited out, as a person would.
        _time.Advance(_environment.Lease);
        await Convergence.AssertAfterDeployOf(_environment, Numbered(6));
        AssertAlways();
    }

    private static Release Numbered(int number) => TestReleases.Number(number, migrations: number);

    private void RunRound()
    {
        var interleaving = new Interleaving(_random);
        var processes = Enumerable.Range(0, 1 + (_random.Next(3) / 2) + (_random.Next(6) / 5)).Select(_ => NewProcess(interleaving)).ToList();
        var runs = processes.Select(Start).ToList();
        interleaving.Drive(runs.Select(run => run.Outcome).ToList<Task>(), () => LetTimePass(interleaving, processes));
        for (var i = 0; i < runs.Count; i++)
        {
            var outcome = runs[i].Outcome.Result;
            _story.Add($"{processes[i].Name} {runs[i].Command}: {(processes[i].IsAlive ? outcome.GetType().Name : "killed")} after {processes[i].Effects.Count} effects");
            Count(processes[i], outcome);
            AssertTruthful(outcome, processes);
            processes[i].Die();
            processes[i].Dispose();
        }
    }

    private SimulatedProcess NewProcess(Interleaving interleaving)
    {
        var process = new SimulatedProcess($"p{++_processes}");
        interleaving.Add(process);
        var disturbance = Disturbances[_random.Next(Disturbances.Length)];
        var at = _random.Next(1, 45);
        process.Disturb = (number, _) => number == at ? disturbance : Disturbance.None;
        return process;
    }

    private (string Command, Task<RolloutOutcome> Outcome) Start(SimulatedProcess process)
    {
        var runner = _environment.Runner(process);
        var number = _random.Next(1, 6);
        return _random.Next(10) switch
        {
            < 6 => ($"deploy {number}", runner.Deploy(Numbered(number), null, process.Asked)),
            6 or 7 => ("rollback", runner.Rollback(null, null, process.Asked)),
            8 => ($"rollback to {number}", runner.Rollback(Numbered(number).Id, null, process.Asked)),
            _ => ("stop", runner.Stop(process.Asked)),
        };
    }

    private void LetTimePass(Interleaving interleaving, List<SimulatedProcess> processes)
    {
        switch (_random.Next(40))
        {
            case 0:
                _time.Advance(_environment.Lease / 2);
                break;
            case 1:
                _time.Advance(_environment.Lease * 2);
                break;
            case 2 or 4 or 5:
                interleaving.Paused.Add(processes[_random.Next(processes.Count)]);
                break;
            case 3:
                interleaving.Paused.Clear();
                break;
            default:
                _time.Advance(TimeSpan.FromMilliseconds(_random.Next(500)));
                break;
        }
    }

    private void Count(SimulatedProcess process, RolloutOutcome outcome)
    {
        var name = process.IsAlive ? outcome.GetType().Name : "killed";
        Outcomes[name] = Outcomes.GetValueOrDefault(name) + 1;
    }

    // With several commands at once, another one may have changed the world since.
    private void AssertTruthful(RolloutOutcome outcome, List<SimulatedProcess> processes)
    {
        if (processes is not [{ IsAlive: true }])
        {
            return;
        }

        var serving = _environment.World.Serving;
        switch (outcome)
        {
            case RolloutOutcome.Healthy healthy:
                Assert.Equal(healthy.Release, serving);
                break;
            case RolloutOutcome.Unchanged unchanged:
                Assert.Equal(unchanged.Release, serving);
                break;
            case RolloutOutcome.RolledBack rolledBack:
                Assert.Equal(rolledBack.To, serving);
                break;
            case RolloutOutcome.Stopped:
                Assert.Null(serving);
                break;
        }
    }

    private void AssertAlways()
    {
        Assert.Empty(_environment.World.Violations);
        var history = _environment.History;

        // A stop that was cancelled before its first change leaves what it found, which may be the half of a run that died.
        var isWhole = history.LastClosed is { Action: LedgerActions.Stop, Outcome: LedgerOutcomes.Done }
            or { Action: not LedgerActions.Stop, Outcome: not (LedgerOutcomes.Stuck or LedgerOutcomes.Interrupted) };
        if (isWhole && !history.Open.Any())
        {
            Assert.Equal(history.Serving, _environment.World.Serving?.Id);
        }
    }
}
