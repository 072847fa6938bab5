namespace WasmWizard.Delivery.Locks;

/// <summary>What a store must do with a request for a lock.</summary>
public enum LockDecision
{
    /// <summary>Nobody holds it: take it.</summary>
    Take,

    /// <summary>Somebody's place is taken, with a greater token.</summary>
    Supersede,

    /// <summary>It is held; the request is refused.</summary>
    Respect,
}

/// <summary>
/// The one rule of all lock stores. A proof of death ends a lock at once; without one, only the lease does, also for a holder that
/// is alive: it has not renewed for a whole lease, so it hangs, and its token is refused from now on.
/// </summary>
public static class LockRule
{
    /// <param name="current">The lock as stored; null when free.</param>
    /// <param name="life">What is known about its holder; of no meaning when free.</param>
    /// <param name="now">The store's clock, the one that <see cref="DeploymentLock.Renewed"/> was written by.</param>
    public static LockDecision Decide(DeploymentLock? current, HolderLife life, DateTimeOffset now) => (current, life) switch
    {
        (null, _) => LockDecision.Take,
        (_, HolderLife.ProvablyDead) => LockDecision.Supersede,
        _ when current.IsExpiredAt(now) => LockDecision.Supersede,
        _ => LockDecision.Respect,
    };

    /// <summary>The token of the next holder: greater than every token there ever was, also when the lock has been free in between.</summary>
    /// <param name="greatest">The greatest token ever given; default when none was.</param>
    public static FencingToken Next(FencingToken greatest) => new(checked(greatest.Value + 1));
}
