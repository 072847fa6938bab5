using WasmWizard.Delivery.Local.State;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Local.Steps;

/// <summary>A step that says what to do when the disk is full. Every file of the state is replaced as a whole, so nothing is half there.</summary>
internal sealed class OnFullDisk(IRolloutStep step, LocalState state) : IRolloutStep
{
    /// <summary>ENOSPC and EDQUOT on Linux, ERROR_DISK_FULL on Windows.</summary>
    private static readonly int[] FullDisk = [28, 122, 112];

    public string Id => step.Id;

    public StepKind Kind => step.Kind;

    public string Subject => step.Subject;

    public string Change => step.Change;

    public Task<StepState> Observe(CancellationToken cancellation) => step.Observe(cancellation);

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        try
        {
            await step.Act(token, cancellation);
        }
        catch (IOException full) when (FullDisk.Contains(full.HResult & 0xFFFF))
        {
            var free = new DriveInfo(state.Folder).AvailableFreeSpace;
            throw new StepFailedException(
                $"The disk of {state.Folder} is full: {free} bytes are free and '{step.Change}' needs more. Nothing was left half written and what "
                + "served before serves. Free space there, then deploy again.", full);
        }
    }
}
