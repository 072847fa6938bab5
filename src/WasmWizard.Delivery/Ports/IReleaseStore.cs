using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Ports;

/// <summary>Releases that an environment still holds and can go back to.</summary>
public interface IReleaseStore
{
    /// <summary>The stored release; null when it was pruned or never there.</summary>
    Task<Release?> Find(ReleaseId id, CancellationToken cancellation);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<Release>> All(CancellationToken cancellation);
}
