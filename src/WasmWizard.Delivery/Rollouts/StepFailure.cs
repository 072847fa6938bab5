namespace WasmWizard.Delivery.Rollouts;

/// <summary>The step that ended the way forward (or the way back).</summary>
/// <param name="Step">Its id; <c>plan</c> or <c>ledger</c> when it was none of the target's.</param>
/// <param name="Reason">What was observed, in a person's words.</param>
/// <param name="Cancelled">It ended because the caller asked to stop.</param>
public sealed record StepFailure(string Step, string Reason, bool Cancelled = false);

/// <summary>
/// Something that did not work and does not make the release unhealthy: a drain, tag or prune after the environment was found
/// healthy, an entry that could not be written on the way back. Recorded, shown, and done again by the next deploy.
/// </summary>
public sealed record ToleratedFailure(string Step, string Reason);
