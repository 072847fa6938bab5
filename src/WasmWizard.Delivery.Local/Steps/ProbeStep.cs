using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Probes;

namespace WasmWizard.Delivery.Local.Steps;

/// <summary>The instance is ready and executes a real module, before any request of a user reaches it.</summary>
internal sealed class ProbeStep(StepContext context) : IRolloutStep
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public string Id => "probe";

    public StepKind Kind => StepKind.Start;

    public string Subject => $"release {context.Id}";

    public string Change => "readiness and a real module executed";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        var answer = await Ask(cancellation);
        return new StepState(answer.IsWell, answer.Observed);
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        ProbeAnswer answer;
        do
        {
            answer = await Ask(cancellation);
            if (answer.IsWell)
                return;
            if (context.Candidate(await context.Front.Status(cancellation)) is null)
                break;
            await Task.Delay(Pause, cancellation);
        }
        while (TimeProvider.System.GetElapsedTime(began) < context.Options.ReadyWithin);

        var ended = (await context.Front.Status(cancellation))?.Instances.FirstOrDefault(instance => instance.Id == context.Started && instance.LastEnd is not null);
        throw new StepFailedException(ended is null
            ? $"The new instance was not proven within {context.Options.ReadyWithin.TotalSeconds:0} s; last: {answer.Observed}. It gets no requests."
            : Failed.Start(ended, context.State));
    }

    private async Task<ProbeAnswer> Ask(CancellationToken cancellation) =>
        context.Candidate(await context.Front.Status(cancellation)) is { Address: { } address }
            ? await context.Probe.Ask(address, cancellation)
            : new ProbeAnswer(false, "no instance of the release listens");
}
