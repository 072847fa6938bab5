using WasmWizard.Delivery.Compose.Engine;
using WasmWizard.Delivery.Compose.Proxy;
using WasmWizard.Delivery.Compose.Stack;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Compose.Steps;

/// <summary>A container of the release runs in the slot that does not serve. The slot is closed before it starts: health alone does not let it take over.</summary>
internal sealed class StartStep(ComposeContext context, Release release) : IRolloutStep
{
    public string Id => "start";

    public StepKind Kind => StepKind.Start;

    public string Subject => $"release {release.Id}";

    public string Change => "start a container beside what serves";

    public async Task<StepState> Observe(CancellationToken cancellation) => await context.SlotOf(release, cancellation) is { } slot
        ? new(true, $"{context.NameOf(slot)} runs")
        : new(false, "no container of the release runs");

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        var slot = await context.Routed(cancellation) is { } routed ? ProxyControl.Other(routed) : Slot.A;
        var name = context.NameOf(slot);
        await context.Proxy.Close(slot, cancellation);
        await context.Engine.Remove(name, cancellation);
        if (!await context.Engine.TryCreate(name, Specifications.Serving(context.Stack, release, context.Releases.VolumeOf(release.Id), slot), cancellation))
            throw new StepFailedException($"Somebody else made {name} at the same time; required: one deployment at a time.");
        await context.Engine.Start(name, cancellation);
    }
}
