using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Testing;

/// <summary>A step made of two functions.</summary>
public sealed class InMemoryStep(
    string id,
    StepKind kind,
    string subject,
    string change,
    Func<CancellationToken, Task<StepState>> observe,
    Func<FencingToken, CancellationToken, Task> act) : IRolloutStep
{
    public string Id => id;

    public StepKind Kind => kind;

    public string Subject => subject;

    public string Change => change;

    public Task<StepState> Observe(CancellationToken cancellation) => observe(cancellation);

    public Task Act(FencingToken token, CancellationToken cancellation) => act(token, cancellation);
}
