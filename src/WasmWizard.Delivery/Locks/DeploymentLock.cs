namespace WasmWizard.Delivery.Locks;

/// <summary>The right to change one environment, as anyone may read it.</summary>
/// <param name="Holder">A name that a person recognises: user@machine pid, or the run's address on the platform.</param>
/// <param name="Since">When it was taken (UTC).</param>
/// <param name="Lease">For how long after <paramref name="Renewed"/> it is to be respected when the holder cannot be proven dead.</param>
/// <param name="Renewed">Last renewal (UTC).</param>
/// <param name="Token">Grows with every holder.</param>
/// <param name="Reason">What the holder is doing, e.g. <c>deploy 3f2a91c0d4e5</c>.</param>
public sealed record DeploymentLock(
    string Holder,
    DateTimeOffset Since,
    TimeSpan Lease,
    DateTimeOffset Renewed,
    FencingToken Token,
    string Reason)
{
    public bool IsExpiredAt(DateTimeOffset now) => now >= Renewed + Lease;
}
