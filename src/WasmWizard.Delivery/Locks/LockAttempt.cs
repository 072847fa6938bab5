namespace WasmWizard.Delivery.Locks;

/// <summary>The answer to "may I change this environment?".</summary>
public abstract record LockAttempt
{
    private LockAttempt()
    {
    }

    /// <param name="Lock">The lock as held by the caller.</param>
    /// <param name="Superseded">The dead or expired holder whose place was taken; null when the lock was free.</param>
    public sealed record Acquired(DeploymentLock Lock, DeploymentLock? Superseded) : LockAttempt;

    /// <param name="By">Who holds it.</param>
    public sealed record Held(DeploymentLock By) : LockAttempt;
}
