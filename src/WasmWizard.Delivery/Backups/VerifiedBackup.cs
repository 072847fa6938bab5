namespace WasmWizard.Delivery.Backups;

/// <summary>
/// The proof that an archive brings back what the database held. Only <see cref="BackupVerifier"/> can make one, so a migration
/// that asks for it cannot be given a dump that nobody restored.
/// </summary>
public sealed class VerifiedBackup
{
    internal VerifiedBackup(BackupReceipt receipt) => Receipt = receipt;

    public BackupReceipt Receipt { get; }
}

/// <summary>Whether an archive is a backup.</summary>
public abstract record BackupVerdict
{
    private BackupVerdict()
    {
    }

    public sealed record Verified(VerifiedBackup Backup) : BackupVerdict;

    /// <param name="Differences">Every one: observed, required. Never empty.</param>
    public sealed record Refused(IReadOnlyList<string> Differences) : BackupVerdict;
}
