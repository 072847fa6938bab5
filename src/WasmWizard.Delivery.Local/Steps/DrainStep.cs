using WasmWizard.Delivery.Local.Protocol.Messages;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Local.Steps;

/// <summary>Every instance that requests do not go to finishes what it has and ends.</summary>
internal sealed class DrainStep(StepContext context) : IRolloutStep
{
    public string Id => "drain";

    public StepKind Kind => StepKind.Drain;

    public string Subject => "other instances";

    public string Change => "finish their requests and end";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        var others = Others(await context.Front.Status(cancellation));
        return others.Count == 0
            ? new StepState(true, "only the routed instance runs")
            : new StepState(false, $"still there: {string.Join(", ", others)}");
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        using var client = context.Front.Client();
        var others = Others(await client.Status(cancellation));
        await Task.WhenAll(others.Select(other => client.Stop(token, other, context.Options.DrainWithin, context.Options.EndWithin, cancellation)));
    }

    private static List<string> Others(FrontStatus? status) => status is null
        ? []
        : [.. status.Instances.Select(instance => instance.Id).Where(id => id != status.Route.Instance)];
}
