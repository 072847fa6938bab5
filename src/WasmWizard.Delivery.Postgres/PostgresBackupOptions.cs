using WasmWizard.Delivery.Backups;
using WasmWizard.Delivery.Postgres.Archives;
using WasmWizard.Delivery.Postgres.Programs;
using WasmWizard.Delivery.Postgres.Servers;

namespace WasmWizard.Delivery.Postgres;

/// <summary>What backups of one database need to know.</summary>
public sealed record PostgresBackupOptions
{
    public required PostgresAddress Database { get; init; }

    /// <summary>Gets <c>&lt;time&gt;.wwbk</c> with its receipt <c>&lt;time&gt;.json</c>.</summary>
    public required string Folder { get; init; }

    /// <summary>A folder on another host (mounted here) that gets a copy of each; null for none.</summary>
    public string? CopyTo { get; init; }

    public required ArchiveKey Key { get; init; }

    public BackupRetention Retention { get; init; } = BackupRetention.Default;

    /// <summary>Finds the programs for a server of this major version.</summary>
    public Func<int, CancellationToken, Task<IPostgresPrograms>> Programs { get; init; } = async (major, cancellation) => await LocalPrograms.Find(major, cancellation);

    /// <summary>How long dump, restore and comparison may take together.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromHours(2);
}
