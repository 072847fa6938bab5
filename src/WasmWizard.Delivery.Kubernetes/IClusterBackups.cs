using WasmWizard.Delivery.Backups;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Kubernetes;

/// <summary>The database of an environment in a cluster, as far as a rollout needs it: something that proves a backup before a migration.</summary>
public interface IClusterBackups
{
    /// <summary>What would keep a backup from being taken, before anything is changed.</summary>
    Task<IReadOnlyList<Fault>> Preflight(CancellationToken cancellation);

    /// <summary>The database has at least one table.</summary>
    Task<bool> HasContent(CancellationToken cancellation);

    /// <summary>Takes a backup, restores it elsewhere and compares. A failure leaves nothing behind.</summary>
    /// <exception cref="StepFailedException">It could not be taken, or did not prove itself.</exception>
    Task<VerifiedBackup> Take(CancellationToken cancellation);
}
