using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Kubernetes.Steps;

/// <summary>Something that a person should read in the plan, and that a rollout does not change.</summary>
internal sealed class NoteStep(string id, string subject, string note) : IRolloutStep
{
    public string Id => id;

    public StepKind Kind => StepKind.Prepare;

    public string Subject => subject;

    public string Change => note;

    public Task<StepState> Observe(CancellationToken cancellation) => Task.FromResult(new StepState(true, note));

    public Task Act(FencingToken token, CancellationToken cancellation) => Task.CompletedTask;
}
