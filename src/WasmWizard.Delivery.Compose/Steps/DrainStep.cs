using WasmWizard.Delivery.Compose.Engine;
using WasmWizard.Delivery.Compose.Stack;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Compose.Steps;

/// <summary>What requests do not go to finishes what it has and ends: the other slot, and what was started by hand.</summary>
internal sealed class DrainStep(ComposeContext context, Release release) : IRolloutStep
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(40);

    public string Id => "drain";

    public StepKind Kind => StepKind.Drain;

    public string Subject => "other containers";

    public string Change => "finish their requests and end";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        var others = await Others(cancellation);
        return others.Count == 0
            ? new(true, "only the routed container runs")
            : new(false, $"still there: {string.Join(", ", others)}");
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        foreach (var other in await Others(cancellation))
        {
            var slot = Enum.GetValues<Slot>().Where(slot => context.NameOf(slot) == other).Select(slot => (Slot?)slot).FirstOrDefault();
            if (slot is { } known)
                await Emptied(known, cancellation);
            await context.Engine.Stop(other, EndWithin, cancellation);
            if (slot is { } ended)
                await context.Proxy.Close(ended, cancellation);
            await context.Engine.Remove(other, cancellation);
        }
    }

    /// <summary>The proxy says when its last request was answered; the service drains by itself as well.</summary>
    private async Task Emptied(Slot slot, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (await context.Proxy.UnderWay(slot, cancellation) > 0 && TimeProvider.System.GetElapsedTime(began) < context.Options.DrainWithin)
            await Task.Delay(Pause, cancellation);
    }

    private async Task<IReadOnlyList<string>> Others(CancellationToken cancellation)
    {
        var own = await context.SlotOf(release, cancellation) is { } slot ? context.NameOf(slot) : null;
        return [.. (await context.Services(cancellation)).Where(name => name != own)];
    }
}
