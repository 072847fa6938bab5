using WasmWizard.Delivery.Local.Protocol.Messages;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Local.Steps;

/// <summary>An instance of the release listens. One left by an earlier run is used when it is ready, else it makes room for a new one.</summary>
internal sealed class StartStep(StepContext context) : IRolloutStep
{
    public string Id => "start";

    public StepKind Kind => StepKind.Start;

    public string Subject => $"release {context.Id}";

    public string Change => "start an instance beside what serves";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        if (context.Candidate(await context.Front.Status(cancellation)) is not { Address: { } address } instance)
            return new StepState(false, "no instance of the release listens");
        if (instance.Id == context.Started)
            return new StepState(true, $"{instance.Id} listens, pid {instance.Pid}");
        var ready = await context.Probe.AskReadiness(address, cancellation);
        return ready.IsWell
            ? new StepState(true, $"{instance.Id} listens and is ready, pid {instance.Pid}")
            : new StepState(false, $"{instance.Id} listens, but {ready.Observed}");
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        using var client = context.Front.Client();
        var status = await client.Status(cancellation);
        foreach (var useless in status.Instances.Where(instance => instance.Release == context.Id && instance.Id != status.Route.Instance))
            await client.Stop(token, useless.Id, TimeSpan.Zero, context.Options.EndWithin, cancellation);
        var started = await client.Start(token, Spec(NewId(token, status)), cancellation);
        if (started.Phase is not InstancePhase.Listening)
            throw new StepFailedException(Failed.Start(started, context.State));
        context.Started = started.Id;
    }

    private string NewId(FencingToken token, FrontStatus status)
    {
        var id = $"{context.Id}-{token}";
        return status.Route.Instance == id ? id + "-again" : id;
    }

    private InstanceSpec Spec(string id) => new()
    {
        Id = id,
        Release = context.Id,
        Command = [context.Program],
        WorkingFolder = context.State.Data,
        Environment = context.Variables(),
        StartWithin = context.Options.StartWithin,
    };
}
