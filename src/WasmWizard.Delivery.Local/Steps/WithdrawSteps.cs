using WasmWizard.Delivery.Local.Fronts;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Local.Steps;

/// <summary>Requests go nowhere; also when no front runs, so that the next one does not serve again what was withdrawn.</summary>
internal sealed class RouteAwayStep(LocalTargetOptions options, LocalFront front) : IRolloutStep
{
    public string Id => "route-away";

    public StepKind Kind => StepKind.TakeOver;

    public string Subject => "route";

    public string Change => "to nothing";

    public Task<StepState> Observe(CancellationToken cancellation) => Task.FromResult(LocalFront.Memory(options.State)?.Route.Instance is { } routed
        ? new StepState(false, $"requests go to {routed}")
        : new StepState(true, "requests go nowhere"));

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        if (front.Running() is null)
        {
            front.ForgetRoute(token);
            return;
        }

        using var client = front.Client();
        await client.Switch(token, null, cancellation);
    }
}

/// <summary>Every instance ends, then the front.</summary>
internal sealed class EndStep(LocalTargetOptions options, LocalFront front) : IRolloutStep
{
    public string Id => "end";

    public StepKind Kind => StepKind.Drain;

    public string Subject => "instances and front";

    public string Change => "finish their requests and end";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        var instances = (await front.Status(cancellation))?.Instances.Count ?? front.Leftovers().Count;
        return front.Running() is null && instances == 0
            ? new StepState(true, "neither an instance nor a front runs")
            : new StepState(false, $"{instances} instances and {(front.Running() is null ? "no" : "a")} front");
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        if (front.Running() is not null)
        {
            using (var client = front.Client())
            {
                var instances = (await client.Status(cancellation)).Instances;
                await Task.WhenAll(instances.Select(instance =>
                    client.Stop(token, instance.Id, options.DrainWithin, options.EndWithin, cancellation)));
            }

            await front.End(token, keepInstances: false, cancellation);
        }

        front.EndLeftovers();
    }
}

/// <summary>The alias names nothing.</summary>
internal sealed class UntagStep(LocalTargetOptions options) : IRolloutStep
{
    public string Id => "tag";

    public StepKind Kind => StepKind.Tag;

    public string Subject => $"tag {options.Alias}";

    public string Change => "names nothing";

    public Task<StepState> Observe(CancellationToken cancellation) => Task.FromResult(File.Exists(options.State.TagOf(options.Alias))
        ? new StepState(false, "names a release")
        : new StepState(true, "names nothing"));

    public Task Act(FencingToken token, CancellationToken cancellation)
    {
        File.Delete(options.State.TagOf(options.Alias));
        return Task.CompletedTask;
    }
}
