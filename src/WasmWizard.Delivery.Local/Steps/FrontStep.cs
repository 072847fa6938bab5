using System.Text;
using WasmWizard.Delivery.Local.Fronts;
using WasmWizard.Delivery.Local.Protocol.Files;
using WasmWizard.Delivery.Local.Protocol.Messages;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Local.Steps;

/// <summary>
/// A front runs at the wanted address. One that runs is kept, whatever its binaries, as long as it speaks our protocol; only an address
/// that a person asked for, or another protocol, replaces it, and its instances are then adopted by the next one.
/// </summary>
internal sealed class FrontStep(StepContext context) : IRolloutStep
{
    private readonly Uri _address = PublicAddress.Wanted(context.Options);

    public string Id => "front";

    public StepKind Kind => StepKind.Start;

    public string Subject => "front";

    public string Change => $"serve at {PublicAddress.Text(_address)}";

    public Task<StepState> Observe(CancellationToken cancellation) => Task.FromResult(context.Front.Running() switch
    {
        null => new StepState(false, "no front runs"),
        { Protocol: not FrontDocument.CurrentProtocol } other => new StepState(false, $"the front with pid {other.Process.Pid} speaks protocol {other.Protocol}"),
        var front when IsWanted(front) => new StepState(true, $"the front with pid {front.Process.Pid} serves at {PublicAddress.Text(front.Address)}"),
        var front => new StepState(false, $"the front serves at {PublicAddress.Text(front.Address)}"),
    });

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        context.State.Create();
        if (context.Front.Running() is not null)
            await context.Front.End(token, keepInstances: true, cancellation);
        var front = await context.Front.Start(_address, cancellation);
        AtomicFile.Write(context.State.Address, Encoding.ASCII.GetBytes(PublicAddress.Text(front.Address)));
    }

    private bool IsWanted(FrontDocument front) => _address.Port == 0 || PublicAddress.Text(front.Address) == PublicAddress.Text(_address);
}
