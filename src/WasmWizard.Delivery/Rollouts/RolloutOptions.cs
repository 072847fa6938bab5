using WasmWizard.Delivery.Environments;

namespace WasmWizard.Delivery.Rollouts;

/// <summary>Who rolls out where, and for how long one may wait.</summary>
public sealed record RolloutOptions
{
    private readonly TimeSpan _lease = TimeSpan.FromSeconds(60);
    private readonly TimeSpan _undoTime = TimeSpan.FromMinutes(5);

    public required EnvironmentName Environment { get; init; }

    /// <summary>The branch of the environment, for the commands in messages.</summary>
    public required string Branch { get; init; }

    /// <summary>Who acts: user@machine pid, or the run's address on the platform. Stands in the lock and in every entry.</summary>
    public required string Holder { get; init; }

    /// <summary>
    /// How long a holder that cannot be proven dead is respected after its last renewal; renewals come at a third of it. Default 60 s:
    /// long enough for two lost renewals on a loaded machine, short enough that a person waits it out.
    /// </summary>
    public TimeSpan Lease
    {
        get => _lease;
        init => _lease = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A lease is longer than nothing.");
    }

    /// <summary>
    /// Bound of the automatic way back, which the cancellation of the rollout does not stop. Default 5 min: a start (60 s at most on
    /// every target), a drain of the longest execution (30 s) and room for a slow machine.
    /// </summary>
    public TimeSpan UndoTime
    {
        get => _undoTime;
        init => _undoTime = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The way back needs time.");
    }
}
