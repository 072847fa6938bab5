using WasmWizard.Delivery.Compose.Engine;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Probes;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Compose.Steps;

/// <summary>The container is ready and executes a real module, before any request of a user reaches it.</summary>
internal sealed class ProbeStep(ComposeContext context, Probing probing, Release release) : IRolloutStep
{
    private const int LogLines = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public string Id => "probe";

    public StepKind Kind => StepKind.Start;

    public string Subject => $"release {release.Id}";

    public string Change => "readiness and a real module executed";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        var answer = await Ask(cancellation);
        return new(answer.IsWell, answer.Observed);
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        var slot = await context.SlotOf(release, cancellation);
        var began = TimeProvider.System.GetTimestamp();
        long? restarts = null;
        ProbeAnswer answer;
        string missed;
        do
        {
            answer = await Ask(cancellation);
            if (answer.IsWell)
                return;
            missed = $"was not proven within {context.Options.ReadyWithin.TotalSeconds:0} s";
            // Whoever ends while it starts is not waited for: it would end again.
            var container = slot is null ? null : await context.Container(slot.Value, cancellation);
            restarts ??= container?.RestartCount;
            if (container is not { IsRunning: true } || container.RestartCount > restarts)
            {
                missed = "ended while it started";
                break;
            }

            await Task.Delay(Pause, cancellation);
        }
        while (TimeProvider.System.GetElapsedTime(began) < context.Options.ReadyWithin);

        var lines = slot is null ? [] : await context.Engine.LastLines(context.NameOf(slot.Value), LogLines, cancellation);
        throw new StepFailedException($"The release {missed}; last: {answer.Observed}. It gets no requests. Its last lines:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}");
    }

    private async Task<ProbeAnswer> Ask(CancellationToken cancellation) => await context.SlotOf(release, cancellation) is { } slot
        ? await probing.Slot(slot, cancellation)
        : new ProbeAnswer(false, "no container of the release runs");
}
