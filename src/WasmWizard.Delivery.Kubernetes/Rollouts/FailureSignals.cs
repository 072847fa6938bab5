using k8s.Models;

namespace WasmWizard.Delivery.Kubernetes.Rollouts;

/// <summary>
/// Reads from the state of a rollout why it will not end well. Waiting for a deadline would tell the same, minutes later; here a wait ends
/// within ten seconds of the first sign.
/// </summary>
public static class FailureSignals
{
    private static readonly TimeSpan Once = TimeSpan.Zero;
    private static readonly TimeSpan Briefly = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ForAWhile = TimeSpan.FromSeconds(5);

    /// <summary>A service that answers its probes with no is given this long to come up; it takes about a second.</summary>
    private static readonly TimeSpan ForAStart = TimeSpan.FromSeconds(8);

    private static readonly Dictionary<string, TimeSpan> Waiting = new(StringComparer.Ordinal)
    {
        ["CrashLoopBackOff"] = Once,
        ["InvalidImageName"] = Once,
        ["ErrImageNeverPull"] = Once,
        ["ImageInspectError"] = Once,
        ["CreateContainerConfigError"] = Once,
        ["CreateContainerError"] = Once,
        ["RunContainerError"] = Once,
        ["ImagePullBackOff"] = Once,
        // The first attempt may meet a registry that is busy.
        ["ErrImagePull"] = Briefly,
    };

    private static readonly Dictionary<string, TimeSpan> Events = new(StringComparer.Ordinal)
    {
        ["Unhealthy"] = ForAStart,
        ["FailedMount"] = ForAWhile,
        ["FailedAttachVolume"] = ForAWhile,
        ["FailedCreatePodSandBox"] = ForAStart,
    };

    /// <param name="deployment">As it is; what it says about an older generation does not count.</param>
    /// <param name="pods">Those of the template that is being rolled out.</param>
    /// <param name="events">About these pods.</param>
    public static IReadOnlyList<Signal> Of(V1Deployment deployment, IReadOnlyList<V1Pod> pods, IReadOnlyList<Corev1Event> events) =>
        [.. Conditions(deployment), .. pods.SelectMany(pod => OfPod(pod, events))];

    /// <summary>The same for a pod alone, such as a Job's, whose container may end.</summary>
    public static IEnumerable<Signal> OfPod(V1Pod pod, IReadOnlyList<Corev1Event> events)
    {
        if (pod.Metadata.DeletionTimestamp is not null || pod.Status is null)
            yield break;
        var name = pod.Metadata.Name;
        foreach (var condition in pod.Status.Conditions ?? [])
        {
            if (condition is { Type: "PodScheduled", Status: "False", Reason: "Unschedulable" })
                yield return new("Unschedulable", name, condition.Message ?? "no node takes the pod", ForAWhile);
        }

        if (pod.Status.Phase == "Failed" && pod.Spec.RestartPolicy == "Always")
            yield return new(pod.Status.Reason ?? "Failed", name, pod.Status.Message ?? "the pod failed", Once);
        foreach (var status in (pod.Status.InitContainerStatuses ?? []).Concat(pod.Status.ContainerStatuses ?? []))
        {
            foreach (var signal in OfContainer(pod, status))
                yield return signal;
        }

        foreach (var told in events.Where(told => told.InvolvedObject?.Uid == pod.Metadata.Uid && told.Type == "Warning" && Events.ContainsKey(told.Reason ?? "")))
        {
            // A pod that is ready has left its failed probes behind.
            if (!IsReady(pod))
                yield return new(told.Reason, name, told.Message, Events[told.Reason]);
        }
    }

    public static bool IsReady(V1Pod pod) =>
        pod.Metadata.DeletionTimestamp is null && (pod.Status?.Conditions ?? []).Any(condition => condition is { Type: "Ready", Status: "True" });

    private static IEnumerable<Signal> Conditions(V1Deployment deployment)
    {
        if (deployment.Status is not { } status || (status.ObservedGeneration ?? 0) < (deployment.Metadata.Generation ?? 0))
            yield break;
        foreach (var condition in status.Conditions ?? [])
        {
            if (condition is { Type: "ReplicaFailure", Status: "True" })
                yield return new(condition.Reason ?? "ReplicaFailure", null, condition.Message ?? "no pod could be made", Briefly);
            if (condition is { Type: "Progressing", Status: "False" })
                yield return new(condition.Reason ?? "ProgressDeadlineExceeded", null, condition.Message ?? "no progress", Once);
        }
    }

    private static IEnumerable<Signal> OfContainer(V1Pod pod, V1ContainerStatus status)
    {
        var name = pod.Metadata.Name;
        if (status.State?.Waiting is { Reason: { } reason } waiting && Waiting.TryGetValue(reason, out var patience))
            yield return new(reason, name, waiting.Message ?? reason, patience);
        if (pod.Spec.RestartPolicy != "Always")
            yield break;
        if (status.LastState?.Terminated is { } ended)
            yield return new("Restarted", name, $"container {status.Name} ended with exit code {ended.ExitCode} ({ended.Reason}) and was started again, {status.RestartCount} times", Once);
        else if (status.State?.Terminated is { } over)
            yield return new(over.Reason ?? "Terminated", name, $"container {status.Name} ended with exit code {over.ExitCode}", Once);
    }
}
