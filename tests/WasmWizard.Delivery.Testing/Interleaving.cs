namespace WasmWizard.Delivery.Testing;

/// <summary>
/// Lets several processes run "at once" on one thread in an order that a seed decides: every port call waits for its turn, so two
/// runs with one seed take the same steps. Runs must be started while no synchronisation context is set.
/// </summary>
public sealed class Interleaving(Random random)
{
    private readonly List<(SimulatedProcess Process, TaskCompletionSource Turn)> _waiting = [];

    /// <summary>Processes that get no turn for now: a machine that hangs.</summary>
    public HashSet<SimulatedProcess> Paused { get; } = [];

    /// <summary>Makes every port call of <paramref name="process"/> wait for a turn.</summary>
    public void Add(SimulatedProcess process) => process.Turn = () =>
    {
        var turn = new TaskCompletionSource();
        _waiting.Add((process, turn));
        return turn.Task;
    };

    /// <summary>Gives turns until all runs have ended.</summary>
    /// <param name="runs">Started already.</param>
    /// <param name="between">Called before each turn: the place to let time pass.</param>
    public void Drive(IReadOnlyList<Task> runs, Action between)
    {
        while (_waiting.Count > 0 || runs.Any(run => !run.IsCompleted))
        {
            between();
            var ready = _waiting.Where(waiting => !Paused.Contains(waiting.Process)).ToList();
            if (ready.Count == 0)
            {
                if (_waiting.Count == 0)
                {
                    throw new InvalidOperationException("A run waits for something else than its turn.");
                }

                Paused.Clear();
                continue;
            }

            var next = ready[random.Next(ready.Count)];
            _waiting.Remove(next);
            next.Turn.SetResult();
        }
    }
}
