using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Ports;

/// <summary>An environment's infrastructure as the state machine sees it: Kubernetes, Compose or local processes.</summary>
public interface IRolloutTarget
{
    /// <summary>Everything that would stop a rollout of this release, all at once, before anything is changed; empty when nothing would.</summary>
    Task<IReadOnlyList<Fault>> Preflight(Release wanted, CancellationToken cancellation);

    /// <summary>
    /// Makes everything that the target changes refuse smaller tokens from now on; called before the first step of a rollout and before a dead one is closed.
    /// Without it, an act of a holder that lost the lock could still arrive between the new holder's look at a step that holds and
    /// its first change, which is what would have told the world about the new token. Idempotent; a greater token seen is a failure.
    /// </summary>
    Task Fence(FencingToken token, CancellationToken cancellation);

    /// <summary>What runs there now.</summary>
    Task<Observation> Observe(CancellationToken cancellation);

    /// <summary>
    /// Every step that leads to <paramref name="wanted"/> serving, in order of <see cref="StepKind"/>, also those that already hold.
    /// For <see cref="Direction.Back"/> there is no backup and no migration: code goes back over the newer schema.
    /// </summary>
    Task<IReadOnlyList<IRolloutStep>> Steps(Release wanted, Direction direction, CancellationToken cancellation);

    /// <summary>
    /// Every step that leads to nothing serving, in order of <see cref="StepKind"/>: the route is taken away, the instances end.
    /// Data, backups and stored releases stay. Used by <c>Stop</c> and to take down a first deploy that failed, so it must also
    /// work on what a crash left half done; on an environment that was never deployed to, every step holds.
    /// </summary>
    Task<IReadOnlyList<IRolloutStep>> Withdraw(CancellationToken cancellation);
}

public enum Direction
{
    Forward,
    Back,
}

/// <summary>A reason not to start, with its way out.</summary>
/// <param name="Id">WW3xxx, documented in docs/reference.</param>
/// <param name="Observed">What is the case.</param>
/// <param name="Required">What must be the case.</param>
/// <param name="Next">The command to type.</param>
public sealed record Fault(string Id, string Observed, string Required, string Next);

/// <summary>The world at one moment.</summary>
/// <param name="Serving">The release that requests reach; null when none does.</param>
/// <param name="Since">When it took over; null when unknown or nothing serves.</param>
/// <param name="Address">Where it answers; null when nothing serves.</param>
/// <param name="Drift">Differences between what the ledger says and what runs, in a person's words; empty when equal.</param>
public sealed record Observation(Release? Serving, DateTimeOffset? Since, Uri? Address, IReadOnlyList<string> Drift);
