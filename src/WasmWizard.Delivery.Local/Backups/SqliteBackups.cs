using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using WasmWizard.Delivery.Backups;
using WasmWizard.Delivery.Local.Protocol.Files;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Local.Backups;

/// <summary>
/// Backups of the embedded database, each proven when it is taken: copied by SQLite's online backup out of one snapshot while others
/// write, checked for integrity, restored into a scratch file, and compared table by table with that same snapshot.
/// </summary>
/// <param name="database">The database's file.</param>
/// <param name="folder">Gets <c>&lt;time&gt;.db</c> with its receipt <c>&lt;time&gt;.json</c>.</param>
/// <param name="kept">Backups kept; older ones are removed after a new one is proven.</param>
/// <param name="time">For names and receipts.</param>
public sealed class SqliteBackups(string database, string folder, int kept, TimeProvider time)
{
    /// <summary>There is something to back up: a file with at least one table. A migration that died at once leaves one without.</summary>
    public bool HasContent()
    {
        if (!File.Exists(database))
            return false;
        using var connection = SqliteFile.Open(database, SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_schema WHERE type = 'table'";
        return (long)command.ExecuteScalar()! > 0;
    }

    /// <summary>Takes one. A failure leaves no archive behind.</summary>
    /// <exception cref="StepFailedException">It could not be taken or did not prove itself; every difference is listed.</exception>
    public VerifiedBackup Take(CancellationToken cancellation)
    {
        Folders.Create(folder);
        RemoveLeftovers();
        var at = time.GetUtcNow();
        var archive = Path.Combine(folder, at.ToString("yyyyMMdd'T'HHmmss'.'fff'Z'", CultureInfo.InvariantCulture) + ".db");
        var draft = archive + ".draft";
        var scratch = archive + ".scratch";
        try
        {
            var source = Copy(draft, cancellation);
            CheckIntegrity(draft);
            var digest = Seal(draft);
            var began = Stopwatch.GetTimestamp();
            var restored = Restore(draft, scratch, cancellation);
            var receipt = new BackupReceipt
            {
                At = at,
                Source = database,
                Archive = digest,
                Bytes = new FileInfo(draft).Length,
                Content = restored,
                RestoreTime = Stopwatch.GetElapsedTime(began),
            };
            var backup = BackupVerifier.Verify(source, restored, receipt) switch
            {
                BackupVerdict.Verified verified => verified.Backup,
                BackupVerdict.Refused refused => throw new StepFailedException(
                    $"The backup does not bring back what the database held: {string.Join("; ", refused.Differences)}. Nothing was migrated."),
                var other => throw new UnreachableException(other.GetType().Name),
            };
            AtomicFile.Write(ReceiptOf(archive), Encoding.UTF8.GetBytes(BackupReceiptJson.Write(receipt)));
            File.Move(draft, archive);
            Folders.Sync(folder);
            Prune();
            return backup;
        }
        catch (Exception failure) when (failure is SqliteException or IOException)
        {
            throw new StepFailedException($"The backup of {database} could not be taken: {failure.Message} A migration needs a proven backup; nothing was migrated.", failure);
        }
        finally
        {
            RemoveLeftovers();
        }
    }

    /// <summary>Archives with a receipt, newest first.</summary>
    public IReadOnlyList<string> Archives() => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder, "*.db").Where(archive => File.Exists(ReceiptOf(archive))).OrderDescending(StringComparer.Ordinal)];

    /// <summary>Believes an archive of an earlier process only after hashing its bytes again.</summary>
    public static BackupVerdict VerifyAgain(string archive)
    {
        using var bytes = File.OpenRead(archive);
        return BackupVerifier.VerifyAgain(
            BackupReceiptJson.Read(File.ReadAllText(ReceiptOf(archive))), Digest.FromHash(SHA256.HashData(bytes)), bytes.Length);
    }

    private static string ReceiptOf(string archive) => Path.ChangeExtension(archive, ".json");

    /// <summary>The reads and the copy are of one transaction, so that writers in between change neither.</summary>
    private DatabaseFingerprint Copy(string draft, CancellationToken cancellation)
    {
        using var source = SqliteFile.Open(database, SqliteOpenMode.ReadWrite);
        using var snapshot = source.BeginTransaction(deferred: true);
        var fingerprint = SqliteFingerprint.Of(source, snapshot, cancellation);
        using var copy = SqliteFile.Open(draft, SqliteOpenMode.ReadWriteCreate);
        source.BackupDatabase(copy);
        // One file that needs no log beside it.
        SqliteFile.Execute(copy, "PRAGMA journal_mode = DELETE");
        return fingerprint;
    }

    private static void CheckIntegrity(string archive)
    {
        using var connection = SqliteFile.Open(archive, SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        if (command.ExecuteScalar() is not "ok" and var found)
            throw new StepFailedException($"The backup's integrity check says '{found}'; required: 'ok'. Nothing was migrated.");
    }

    private static Digest Seal(string archive)
    {
        using var bytes = new FileStream(archive, FileMode.Open, FileAccess.ReadWrite);
        bytes.Flush(flushToDisk: true);
        return Digest.FromHash(SHA256.HashData(bytes));
    }

    private static DatabaseFingerprint Restore(string archive, string scratch, CancellationToken cancellation)
    {
        using var restored = SqliteFile.Open(scratch, SqliteOpenMode.ReadWriteCreate);
        using (var source = SqliteFile.Open(archive, SqliteOpenMode.ReadOnly))
            source.BackupDatabase(restored);
        return SqliteFingerprint.Of(restored, null, cancellation);
    }

    /// <summary>What is neither an archive with a receipt nor a receipt with an archive: of this attempt or of one that was killed.</summary>
    private void RemoveLeftovers()
    {
        var whole = Archives().SelectMany(archive => new[] { archive, ReceiptOf(archive) }).ToHashSet();
        foreach (var leftover in Directory.EnumerateFiles(folder).Where(file => !whole.Contains(file)))
            File.Delete(leftover);
    }

    private void Prune()
    {
        foreach (var archive in Archives().Skip(kept))
        {
            File.Delete(archive);
            File.Delete(ReceiptOf(archive));
        }
    }
}
