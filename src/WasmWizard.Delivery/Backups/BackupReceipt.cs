using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Backups;

/// <summary>What is kept beside an archive: what it was taken from, what it holds, and how long bringing it back took.</summary>
public sealed record BackupReceipt
{
    /// <summary>When the snapshot was taken (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The database in a person's words, e.g. a file or <c>postgres 16 wasm_wizard@db:5432</c>; never with a password.</summary>
    public required string Source { get; init; }

    public required Digest Archive { get; init; }

    /// <summary>Size of the archive.</summary>
    public required long Bytes { get; init; }

    /// <summary>What the restored archive was found to hold.</summary>
    public required DatabaseFingerprint Content { get; init; }

    /// <summary>How long the restore into the scratch database took; what an outage would take at least.</summary>
    public required TimeSpan RestoreTime { get; init; }

    /// <summary>Which server at which point; null for a database that is a file.</summary>
    public DatabaseOrigin? Origin { get; init; }

    /// <summary>How the archive is encrypted; null when it is not.</summary>
    public ArchiveSeal? Seal { get; init; }
}

/// <summary>A point in a server's life.</summary>
/// <param name="SystemId">What the server was given when it was made; a copy of it keeps it, another server has another one.</param>
/// <param name="Lsn">Position of its log when the snapshot was taken, e.g. <c>0/16B3748</c>: what was committed behind it is not in the archive.</param>
/// <param name="Major">Its major version; an archive is restored by the same one.</param>
public sealed record DatabaseOrigin(string SystemId, string Lsn, int Major);

/// <param name="Key">Names the key without telling anything of it.</param>
/// <param name="PlainBytes">Size of what is inside.</param>
public sealed record ArchiveSeal(string Key, long PlainBytes);
