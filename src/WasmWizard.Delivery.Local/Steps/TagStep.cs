using System.Text;
using WasmWizard.Delivery.Local.Protocol.Files;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Local.Steps;

/// <summary>The moving alias names the release; a file for people, nothing is deployed by it.</summary>
internal sealed class TagStep(StepContext context) : IRolloutStep
{
    private string File => context.State.TagOf(context.Options.Alias);

    public string Id => "tag";

    public StepKind Kind => StepKind.Tag;

    public string Subject => $"tag {context.Options.Alias}";

    public string Change => $"names {context.Id}";

    public Task<StepState> Observe(CancellationToken cancellation)
    {
        var named = AtomicFile.Read(File) is { } bytes ? Encoding.ASCII.GetString(bytes).Trim() : null;
        return Task.FromResult(new StepState(named == context.Id, named is null ? "names nothing" : $"names {named}"));
    }

    public Task Act(FencingToken token, CancellationToken cancellation)
    {
        AtomicFile.Write(File, Encoding.ASCII.GetBytes(context.Id + "\n"));
        return Task.CompletedTask;
    }
}
