using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Kubernetes.Probes;
using WasmWizard.Delivery.Kubernetes.Rollouts;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Kubernetes.Steps;

/// <summary>The environment works: every serving pod is ready and executes a real module, none failed.</summary>
internal sealed class EnvironmentStep(StepContext context) : IRolloutStep
{
    private bool _proven;

    public string Id => "environment";

    public StepKind Kind => StepKind.Environment;

    public string Subject => $"service/{Names.Product}";

    public string Change => $"every pod ready, a real module executed {context.Options.Probes} times, none failed";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        // After pods were replaced in this run only the full proof counts.
        if (context.TookOver && !_proven)
            return new StepState(false, "not proven since the pods were replaced");
        var answer = await Prove(1, cancellation);
        return new StepState(answer.IsWell, answer.Observed);
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        var answer = await Prove(context.Options.Probes, cancellation);
        if (!answer.IsWell)
            throw new StepFailedException($"The environment is not healthy: {answer.Observed}");
        _proven = true;
    }

    private async Task<ProbeAnswer> Prove(int executions, CancellationToken cancellation)
    {
        var pods = (await context.Pods.Of(Labels.Stable, context.Id, cancellation)).Where(FailureSignals.IsReady).Select(pod => pod.Metadata.Name).ToList();
        if (pods.Count == 0)
            return new ProbeAnswer(false, "no pod of the release is ready");
        var failures = new List<string>();
        var asked = Math.Max(executions, executions == 1 ? 1 : pods.Count);
        for (var execution = 0; execution < asked; execution++)
        {
            var answer = await context.Probe.Ask(pods[execution % pods.Count], cancellation);
            if (!answer.IsWell)
                failures.Add(answer.Observed);
        }

        return failures.Count == 0
            ? new ProbeAnswer(true, $"{pods.Count} pods ready, {asked} of {asked} executions gave the expected output")
            : new ProbeAnswer(false, $"{failures.Count} of {asked} executions failed, required: none; last: {failures[^1]}");
    }
}
