using k8s.Models;
using WasmWizard.Delivery.Canary;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Kubernetes.Rollouts;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Kubernetes.Steps;

/// <summary>
/// The canary is judged: it must execute a real module, and then answer the same traffic no worse than those that serve. A refusal ends the
/// rollout; too little traffic is told as Inconclusive and does not, since a quiet hour is no reason to keep a mended release back.
/// </summary>
internal sealed class JudgeStep(StepContext context) : IRolloutStep
{
    private const int Executions = 3;

    private CanaryVerdict? _verdict;

    public string Id => "judge";

    public StepKind Kind => StepKind.Start;

    public string Subject => context.Canary.ToString();

    public string Change => $"a real module executed, then {context.Options.CanaryWindow.TotalSeconds:0} s of requests answered no worse than by those that serve";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        if (_verdict is { } judged)
            return new StepState(judged.Verdict is not Verdict.Refused, $"{judged.Verdict}: {judged.Reason}");
        return await context.NeedsNoCanary(cancellation) is { } why ? new StepState(true, why) : new StepState(false, "not judged in this run");
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        var canary = await Ready(Labels.Canary, cancellation);
        var pod = canary is [var only, ..] ? only.Metadata.Name : throw new StepFailedException("The canary is not ready any more; the release gets no further requests.");
        for (var execution = 0; execution < Executions; execution++)
        {
            var answer = await context.Probe.Ask(pod, cancellation);
            if (!answer.IsWell)
                throw new StepFailedException($"The canary is refused: {answer.Observed}; {await context.Pods.LastLines(pod, cancellation)}");
        }

        var (stable, tried) = await Observed(pod, cancellation);
        _verdict = CanaryAnalysis.Judge(stable, tried);
        if (_verdict.Verdict is Verdict.Refused)
            throw new StepFailedException($"The canary is refused: {_verdict.Reason}; {await context.Pods.LastLines(pod, cancellation)}");
    }

    /// <summary>The same window for all: each pod's counters at its beginning and at its end.</summary>
    private async Task<(TrafficSample Stable, TrafficSample Canary)> Observed(string canary, CancellationToken cancellation)
    {
        var stable = (await Ready(Labels.Stable, cancellation)).Select(pod => pod.Metadata.Name).ToList();
        var before = new Dictionary<string, TrafficSample>();
        foreach (var pod in stable.Append(canary))
        {
            if (await context.Probe.Traffic(pod, cancellation) is { } sample)
                before[pod] = sample;
        }

        await context.Api.Wait(context.Options.CanaryWindow, cancellation);
        TrafficSample together = default, tried = default;
        foreach (var (pod, earlier) in before)
        {
            if (await context.Probe.Traffic(pod, cancellation) is not { } sample)
                continue;
            if (pod == canary)
                tried = sample.Since(earlier);
            else
                together += sample.Since(earlier);
        }

        return (together, tried);
    }

    private async Task<IReadOnlyList<V1Pod>> Ready(string track, CancellationToken cancellation) =>
        [.. (await context.Pods.Of(track, track == Labels.Canary ? context.Id : null, cancellation)).Where(FailureSignals.IsReady)];
}
