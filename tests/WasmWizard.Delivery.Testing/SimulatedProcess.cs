namespace WasmWizard.Delivery.Testing;

/// <summary>
/// A process that runs rollouts and can be killed at any of its side effects. All in-memory ports of one process go through it, so
/// they share one count of effects, one life and one order of turns.
/// </summary>
public sealed class SimulatedProcess(string name) : IDisposable
{
    private readonly CancellationTokenSource _asked = new();

    public string Name { get; } = name;

    public bool IsAlive { get; private set; } = true;

    /// <summary>Every effect that was tried, in order, by name.</summary>
    public List<string> Effects { get; } = [];

    /// <summary>Given the number of an effect (from 1) and its name, what happens at it. Default: nothing ever does.</summary>
    public Func<int, string, Disturbance> Disturb { get; set; } = (_, _) => Disturbance.None;

    /// <summary>Waits until the process may go on; called before every read and effect. Default: at once.</summary>
    public Func<Task> Turn { get; set; } = () => Task.CompletedTask;

    /// <summary>Cancelled by <see cref="Disturbance.Cancel"/> and <see cref="Cancel"/>; give it to the runner.</summary>
    public CancellationToken Asked => _asked.Token;

    public void Cancel() => _asked.Cancel();

    public void Die() => IsAlive = false;

    public async Task<T> Read<T>(Func<T> read)
    {
        await Turn();
        return IsAlive ? read() : throw new ProcessDiedException(Name);
    }

    /// <summary>One side effect, as small as it can be interrupted.</summary>
    /// <param name="what">Its name.</param>
    /// <param name="effect">What it does.</param>
    /// <param name="torn">What is left of it when the process dies in the middle; null when it happens whole or not at all.</param>
    public async Task<T> Effect<T>(string what, Func<T> effect, Action? torn = null)
    {
        await Turn();
        if (!IsAlive)
        {
            throw new ProcessDiedException(Name);
        }

        Effects.Add(what);
        var disturbance = Disturb(Effects.Count, what);
        switch (disturbance)
        {
            case Disturbance.DieBefore or Disturbance.DieDuring:
                if (disturbance == Disturbance.DieDuring)
                {
                    torn?.Invoke();
                }

                Die();
                throw new ProcessDiedException(Name);
            case Disturbance.FailBefore:
                throw new IOException($"{what} was made to fail");
            case Disturbance.Cancel:
                Cancel();
                break;
            case Disturbance.Lie:
                return default!;
        }

        var result = effect();
        if (disturbance == Disturbance.DieAfter)
        {
            Die();
            throw new ProcessDiedException(Name);
        }

        return disturbance == Disturbance.FailAfter ? throw new IOException($"the reply to {what} was lost") : result;
    }

    public void Dispose() => _asked.Dispose();
}
