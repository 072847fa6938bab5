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
}
