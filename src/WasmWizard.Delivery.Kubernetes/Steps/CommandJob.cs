using System.Text.Json.Nodes;
using k8s.Models;
using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Kubernetes.Steps;

/// <summary>Runs a command of the release's own program in the cluster, once, with the release's configuration and secrets.</summary>
internal sealed class CommandJob(StepContext context, string purpose)
{
    private const int KeptSeconds = 24 * 60 * 60;

    /// <exception cref="StepFailedException">It did not end with exit code 0; its last lines are in the message.</exception>
    public async Task Run(FencingToken token, IReadOnlyList<string> arguments, V1Volume? extra, TimeSpan within, CancellationToken cancellation)
    {
        // The token is part of the name: a run that died leaves a Job of its own, which is never taken for ours.
        var name = $"{Names.Product}-{purpose}-{context.Id}-{token}";
        await context.Objects.Create(Job(name, arguments, extra, within), cancellation);
        if (!await context.Waiting.UntilEnded(name, context.Space, within, cancellation))
        {
            var pods = await context.Pods.Labelled($"batch.kubernetes.io/job-name={name}", cancellation);
            var said = pods is [var pod, ..] ? await context.Pods.LastLines(pod.Metadata.Name, cancellation) : "its pod is gone";
            throw new StepFailedException($"job/{name} ({string.Join(' ', arguments)}) failed; required: exit code 0; {said}");
        }
    }

    private JsonObject Job(string name, IReadOnlyList<string> arguments, V1Volume? extra, TimeSpan within)
    {
        var meta = Labels.Meta(context.Options.Settings, name, Marks.Command);
        return ManifestSet.Json(new V1Job
        {
            ApiVersion = "batch/v1",
            Kind = "Job",
            Metadata = meta,
            Spec = new()
            {
                BackoffLimit = 0,
                ActiveDeadlineSeconds = (long)within.TotalSeconds,
                TtlSecondsAfterFinished = KeptSeconds,
                Template = new()
                {
                    Metadata = new() { Labels = Labels.Of(Marks.Command) },
                    Spec = ServicePod.Command(context.Options.Settings, context.Wanted.Parts, arguments, extra),
                },
            },
        });
    }
}
