using WasmWizard.Delivery.Backups;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Kubernetes.Tests;

/// <summary>Backups of a database that is not there: proven at once, or not at all.</summary>
internal sealed class MemoryBackups : IClusterBackups
{
    private static readonly DatabaseFingerprint Content = new("schema", [new("users", 3, "hash")]);

    public bool IsEmpty { get; set; } = true;

    public bool Fails { get; init; }

    public int Taken { get; private set; }

    public Task<IReadOnlyList<Fault>> Preflight(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Fault>>([]);

    public Task<bool> HasContent(CancellationToken cancellation) => Task.FromResult(!IsEmpty);

    public Task<VerifiedBackup> Take(CancellationToken cancellation)
    {
        if (Fails)
            throw new StepFailedException("The dump was killed; nothing was migrated.");
        Taken++;
        var receipt = new BackupReceipt
        {
            At = DateTimeOffset.UnixEpoch,
            Source = "memory",
            Archive = Digest.Of([1, 2, 3]),
            Bytes = 3,
            Content = Content,
            RestoreTime = TimeSpan.FromSeconds(1),
        };
        return Task.FromResult(Assert.IsType<BackupVerdict.Verified>(BackupVerifier.Verify(Content, Content, receipt)).Backup);
    }
}
