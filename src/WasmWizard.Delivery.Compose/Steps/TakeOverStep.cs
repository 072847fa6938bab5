using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Compose.Steps;

/// <summary>Requests go to the proven slot, and no new ones to the other. Connections stay open: the proxy chooses for each request.</summary>
internal sealed class TakeOverStep(ComposeContext context, Switching switching, Release release, Release? servingNow) : IRolloutStep
{
    public string Id => "take-over";

    public StepKind Kind => StepKind.TakeOver;

    public string Subject => "route";

    public string Change => servingNow?.Id == release.Id ? $"stays with {release.Id}" : $"from {servingNow?.Id.ToString() ?? "nothing"} to {release.Id}";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        var routed = await context.Routed(cancellation);
        return new(routed is not null && routed == await context.SlotOf(release, cancellation), routed is null ? "requests go nowhere" : $"requests go to {context.NameOf(routed.Value)}");
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        var slot = await context.SlotOf(release, cancellation) ?? throw new StepFailedException("No container of the release runs any more; requests go where they went.");
        await context.TookOver(release.Id, token, cancellation);
        await context.Proxy.Switch(slot, cancellation);
        switching.TookOver = true;
    }
}
