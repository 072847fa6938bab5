using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Ledger;

/// <summary>One rollout as the ledger tells it.</summary>
/// <param name="Number">The ordinal of its <c>started</c> entry.</param>
/// <param name="Action">deploy, rollback or stop.</param>
/// <param name="Release">The release it was about; null for stop.</param>
/// <param name="By">Who ran it.</param>
/// <param name="At">When it started.</param>
/// <param name="Outcome">The word that closed it; null while it is open.</param>
public sealed record RolloutRecord(long Number, string Action, ReleaseId? Release, string By, DateTimeOffset At, string? Outcome)
{
    public bool IsOpen => Outcome is null;
}
