using WasmWizard.Delivery.Containers;
using WasmWizard.Delivery.Local.Protocol.Files;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Local.Steps;

/// <summary>Brings the layer into the state folder and unpacks it beside the other releases.</summary>
internal sealed class UnpackStep(StepContext context) : IRolloutStep
{
    public string Id => "unpack";

    public StepKind Kind => StepKind.Prepare;

    public string Subject => $"release {context.Id}";

    public string Change => $"unpack layer {context.Release.Digest.Brief}";

    public Task<StepState> Observe(CancellationToken cancellation) => Task.FromResult(context.Releases.Holds(context.Release)
        ? new StepState(true, $"unpacked in {context.State.FolderOf(context.Release.Id)}")
        : new StepState(false, "not unpacked"));

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        context.State.Create();
        var stored = context.State.LayerOf(context.Release.Digest);
        if (context.Options.Layer is { } layer && File.Exists(layer))
            Copy(layer, stored);
        try
        {
            await context.Releases.Add(context.Release, stored, cancellation);
        }
        catch (LayerException wrong)
        {
            File.Delete(stored);
            throw new StepFailedException(wrong.Message, wrong);
        }
    }

    private static void Copy(string layer, string stored)
    {
        var draft = $"{stored}.{Path.GetRandomFileName()}";
        try
        {
            File.Copy(layer, draft);
            using (var written = new FileStream(draft, FileMode.Open, FileAccess.Write))
                written.Flush(flushToDisk: true);
            File.Move(draft, stored, overwrite: true);
            Folders.Sync(Path.GetDirectoryName(stored)!);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
