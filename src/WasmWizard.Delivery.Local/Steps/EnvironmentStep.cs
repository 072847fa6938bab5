using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Probes;

namespace WasmWizard.Delivery.Local.Steps;

/// <summary>The environment works as a user meets it: ready at the public address, a real module executed several times, none failed.</summary>
internal sealed class EnvironmentStep(StepContext context) : IRolloutStep
{
    private bool _proven;

    public string Id => "environment";

    public StepKind Kind => StepKind.Environment;

    public string Subject => "public address";

    public string Change => $"ready, a real module executed {context.Options.EnvironmentProbes} times, none failed";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        var status = await context.Front.Status(cancellation);
        if (status?.Route.Release != context.Id)
            return new StepState(false, "requests do not go to the release");
        // After a switch in this run only the full proof counts.
        if (context.TookOver && !_proven)
            return new StepState(false, "not proven since the switch");
        var answer = await Prove(_proven ? 1 : context.Options.EnvironmentProbes, cancellation);
        return new StepState(answer.IsWell, answer.Observed);
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        var answer = await Prove(context.Options.EnvironmentProbes, cancellation);
        if (!answer.IsWell)
            throw new StepFailedException($"The environment is not healthy: {answer.Observed}");
        _proven = true;
    }

    private async Task<ProbeAnswer> Prove(int executions, CancellationToken cancellation)
    {
        if (context.Front.Running() is not { } front)
            return new ProbeAnswer(false, "no front runs");
        var ready = await context.Probe.AskReadiness(front.Address, cancellation);
        if (!ready.IsWell)
            return ready;
        var failures = new List<string>();
        for (var execution = 0; execution < executions; execution++)
        {
            var answer = await context.Probe.Execute(front.Address, cancellation);
            if (!answer.IsWell)
                failures.Add(answer.Observed);
        }

        return failures.Count == 0
            ? new ProbeAnswer(true, $"ready at {front.Address}, {executions} of {executions} executions gave the expected output")
            : new ProbeAnswer(false, $"{failures.Count} of {executions} executions failed, required: none; last: {failures[^1]}");
    }
}
