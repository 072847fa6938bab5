using WasmWizard.Delivery.Compose.Engine;
using WasmWizard.Delivery.Compose.Stack;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Compose.Steps;

/// <summary>Requests go nowhere.</summary>
internal sealed class RouteAwayStep(ComposeContext context) : IRolloutStep
{
    public string Id => "route-away";

    public StepKind Kind => StepKind.TakeOver;

    public string Subject => "route";

    public string Change => "to nothing";

    public async Task<StepState> Observe(CancellationToken cancellation) => await context.Routed(cancellation) is { } routed
        ? new(false, $"requests go to {context.NameOf(routed)}")
        : new(true, "requests go nowhere");

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        foreach (var slot in Enum.GetValues<Slot>())
            await context.Proxy.Close(slot, cancellation);
    }
}

/// <summary>Every container ends; volumes, images and what the ledger says stay.</summary>
internal sealed class EndStep(ComposeContext context) : IRolloutStep
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(40);

    public string Id => "end";

    public StepKind Kind => StepKind.Drain;

    public string Subject => "containers";

    public string Change => "finish their requests and end";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        var there = await All(cancellation);
        return there.Count == 0 ? new(true, "no container is there") : new(false, $"still there: {string.Join(", ", there)}");
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        // The database last: what still runs may need it.
        foreach (var name in await All(cancellation))
        {
            await context.Engine.Stop(name, Within, cancellation);
            await context.Engine.Remove(name, cancellation);
        }
    }

    private async Task<IReadOnlyList<string>> All(CancellationToken cancellation)
    {
        var around = new List<string>();
        foreach (var service in context.Stack.Around.Reverse())
        {
            if (await context.Engine.FindContainer(context.NameOf(service), cancellation) is not null)
                around.Add(context.NameOf(service));
        }

        return [.. await context.Services(cancellation), .. around];
    }
}
