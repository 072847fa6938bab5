using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Compose.Steps;

/// <summary>The environment works as a user meets it: TLS verified, ready, a real module executed several times, none failed.</summary>
internal sealed class EnvironmentStep(ComposeContext context, Switching switching, Probing probing, Release release) : IRolloutStep
{
    private string? _proven;

    public string Id => "environment";

    public StepKind Kind => StepKind.Environment;

    public string Subject => "public address";

    public string Change => $"TLS verified, ready, a real module executed {context.Options.EnvironmentProbes} times, none failed";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        if (await context.Routed(cancellation) is not { } routed || routed != await context.SlotOf(release, cancellation))
            return new(false, "requests do not go to the release");
        // After a switch in this run only the full proof counts.
        if (switching.TookOver && _proven is null)
            return new(false, "not proven since the switch");
        var answer = await probing.Environment(_proven is null ? context.Options.EnvironmentProbes : 1, cancellation);
        return new(answer.IsWell, answer.IsWell ? _proven ?? answer.Observed : answer.Observed);
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        var answer = await probing.Environment(context.Options.EnvironmentProbes, cancellation);
        if (!answer.IsWell)
            throw new StepFailedException($"The environment is not healthy: {answer.Observed}");
        _proven = answer.Observed;
    }
}
