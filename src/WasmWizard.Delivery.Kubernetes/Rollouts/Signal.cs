namespace WasmWizard.Delivery.Kubernetes.Rollouts;

/// <summary>The cluster says that something does not go as it should.</summary>
/// <param name="Reason">In the cluster's word, e.g. <c>CrashLoopBackOff</c>.</param>
/// <param name="Pod">Whose log may tell more; null when no pod came into being.</param>
/// <param name="Message">In the cluster's words.</param>
/// <param name="Patience">For how long it may still mend itself; nothing for what only a new release can mend.</param>
public sealed record Signal(string Reason, string? Pod, string Message, TimeSpan Patience);
