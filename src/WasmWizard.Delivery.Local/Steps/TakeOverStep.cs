using WasmWizard.Delivery.Local.Protocol.Messages;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Local.Steps;

/// <summary>Requests go to the proven instance. One switch inside the front: no request is lost or sent twice.</summary>
internal sealed class TakeOverStep(StepContext context, string? servingNow) : IRolloutStep
{
    public string Id => "take-over";

    public StepKind Kind => StepKind.TakeOver;

    public string Subject => "route";

    public string Change => servingNow == context.Id ? $"stays with {context.Id}" : $"from {servingNow ?? "nothing"} to {context.Id}";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        var status = await context.Front.Status(cancellation);
        var routed = status?.Routed;
        var holds = routed is { Phase: InstancePhase.Listening } && routed.Id == context.Candidate(status)?.Id;
        return new StepState(holds, routed is null ? "requests go nowhere" : $"requests go to {routed.Id}");
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        var status = await context.Front.Status(cancellation);
        if (context.Candidate(status) is not { } candidate)
            throw new StepFailedException("No instance of the release listens any more; requests go where they went.");
        using var client = context.Front.Client();
        await client.Switch(token, candidate.Id, cancellation);
        context.TookOver = true;
        context.Releases.Touch(context.Release.Id);
    }
}
