namespace WasmWizard.Delivery.Locks;

/// <summary>The lock went to somebody else, or its lease ran out without a renewal that worked. The run must not act any more.</summary>
internal sealed class LockLostException(DeploymentLock held) : Exception($"The lock taken at {held.Since:O} with token {held.Token} is lost.");
