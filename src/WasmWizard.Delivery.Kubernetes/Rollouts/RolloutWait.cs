using k8s.Models;
using WasmWizard.Delivery.Kubernetes.Api;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Kubernetes.Rollouts;

/// <summary>Waits until a Deployment is where its template says, or the cluster says that it will not get there.</summary>
public sealed class RolloutWait(ClusterApi api, ClusterPods pods, TimeProvider time, TimeSpan look)
{
    /// <param name="patience">For how long the cluster may say no at least; nothing where the first clear word ends the wait.</param>
    /// <exception cref="StepFailedException">With the cluster's reason and the pod's last lines.</exception>
    public async Task<string> Until(string deployment, string track, ReleaseId release, TimeSpan within, TimeSpan patience, CancellationToken cancellation)
    {
        var signals = new SignalWatch(time);
        var began = time.GetTimestamp();
        string fact;
        do
        {
            var current = await pods.Deployment(deployment, cancellation) ?? throw new StepFailedException($"deployment/{deployment} is gone; somebody removed it.");
            var progress = RolloutProgress.Of(current);
            if (progress.IsComplete)
                return progress.Fact;
            fact = progress.Fact;
            var own = await pods.Of(track, release, cancellation);
            if (signals.Ripe(FailureSignals.Of(current, own, await pods.Warnings(cancellation)), patience) is { } signal)
                throw await Failure(signal, cancellation);
            await api.Wait(look, cancellation);
        }
        while (time.GetElapsedTime(began) < within);

        throw new StepFailedException($"deployment/{deployment} did not finish within {within.TotalSeconds:0} s: {fact}. What served before serves.");
    }

    /// <summary>A Job's pod that ends well or not; true when it did.</summary>
    public async Task<bool> UntilEnded(string job, string space, TimeSpan within, CancellationToken cancellation)
    {
        var signals = new SignalWatch(time);
        var began = time.GetTimestamp();
        do
        {
            var current = await api.Get(new(ApiKind.Job, space, job), cancellation) is { } found ? ClusterPods.Typed<V1Job>(found) : null;
            if ((current?.Status?.Conditions ?? []).FirstOrDefault(condition => condition is { Status: "True", Type: "Complete" or "Failed" }) is { } end)
                return end.Type == "Complete";
            var events = await pods.Warnings(cancellation);
            var own = await pods.Labelled($"batch.kubernetes.io/job-name={job}", cancellation);
            if (signals.Ripe([.. own.SelectMany(pod => FailureSignals.OfPod(pod, events))], TimeSpan.Zero) is { } signal)
                throw await Failure(signal, cancellation);
            await api.Wait(look, cancellation);
        }
        while (time.GetElapsedTime(began) < within);

        throw new StepFailedException($"job/{job} did not end within {within.TotalSeconds:0} s.");
    }

    private async Task<StepFailedException> Failure(Signal signal, CancellationToken cancellation)
    {
        var log = signal.Pod is null ? "" : $"; {await pods.LastLines(signal.Pod, cancellation)}";
        return new StepFailedException($"{(signal.Pod is null ? "" : $"pod {signal.Pod}: ")}{signal.Reason}: {signal.Message}{log}");
    }
}
