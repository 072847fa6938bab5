using System.Diagnostics;
using Npgsql;
using WasmWizard.Delivery.Backups;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Postgres.Archives;
using WasmWizard.Delivery.Postgres.Programs;
using WasmWizard.Delivery.Postgres.Servers;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Postgres;

/// <summary>
/// Backups of a PostgreSQL database, each proven when it is taken: one snapshot is dumped and fingerprinted while others write, the archive is
/// encrypted, decrypted again, restored as a whole into a scratch database of the same server, and fingerprinted there.
/// </summary>
public sealed class PostgresBackups(PostgresBackupOptions options, TimeProvider time)
{
    private readonly ArchiveFolder _folder = new(options.Folder);
    private readonly Databases _databases = new(options.Database);

    /// <summary>Newest first.</summary>
    public IReadOnlyList<StoredBackup> All() => _folder.All();

    /// <summary>Takes one. A failure leaves neither an archive nor a scratch database behind.</summary>
    /// <param name="rehearse">
    /// Is given the scratch database while it still holds exactly what the database held: the place to try a migration on, and old code on its
    /// result. What it throws stops everything. Null where nothing is to be tried.
    /// </param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="StepFailedException">It could not be taken or did not prove itself; every difference is listed.</exception>
    public async Task<VerifiedBackup> Take(Func<PostgresAddress, CancellationToken, Task>? rehearse, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.Within);
        try
        {
            return await TakeWithin(rehearse, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Failed($"it was not done within {options.Within.TotalMinutes:0.##} min");
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException or UnauthorizedAccessException or ArchiveException)
        {
            throw Failed(failure.Message, failure);
        }
    }

    private async Task<VerifiedBackup> TakeWithin(Func<PostgresAddress, CancellationToken, Task>? rehearse, CancellationToken cancellation)
    {
        if (options.CopyTo is { } copies && !Directory.Exists(copies))
            throw new ArchiveException($"the folder for copies, {copies}, is not there; required: the mounted folder of another host");
        _folder.Prepare();
        var at = time.GetUtcNow();
        var draft = _folder.Draft(at);
        var scratch = _databases.Beside("scratch");
        try
        {
            var taken = await Dump(draft, cancellation);
            var began = Stopwatch.GetTimestamp();
            var into = await _databases.CreateAnew(scratch, cancellation);
            var restored = await Restore(draft, into, taken.Programs, cancellation);
            var receipt = new BackupReceipt
            {
                At = at,
                Source = $"postgres {taken.Origin.Major} {options.Database}",
                Archive = taken.Archive,
                Bytes = taken.Bytes,
                Content = restored,
                RestoreTime = Stopwatch.GetElapsedTime(began),
                Origin = taken.Origin,
                Seal = new(options.Key.Name, taken.PlainBytes),
            };
            var backup = Prove(BackupVerifier.Verify(taken.Source, restored, receipt, taken.SequencesAfter));
            if (rehearse is not null)
                await rehearse(into, cancellation);
            var stored = _folder.Keep(draft, receipt);
            if (options.CopyTo is { } copy)
                CopyAndReadBack(stored, copy);
            Prune();
            return backup;
        }
        finally
        {
            _folder.RemoveDrafts();
            await RemoveScratch(scratch);
        }
    }

    private async Task<Taken> Dump(string draft, CancellationToken cancellation)
    {
        await using var session = await Session.Open(options.Database, cancellation);
        await session.Execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY", cancellation);
        var origin = await session.Origin(cancellation);
        var programs = await options.Programs(origin.Major, cancellation);
        var snapshot = (await session.Text("SELECT pg_catalog.pg_export_snapshot()", cancellation))!;
        // Before the dump, and in the very snapshot that it reads.
        var source = await Fingerprints.Of(session, SchemaText.Hash(await programs.Schema(options.Database, snapshot, cancellation)), cancellation);
        if (source.Tables.Count == 0)
            throw Failed("it has no table that could be compared");
        await using var archive = new ArchiveWriter(draft, options.Key);
        await programs.Dump(options.Database, snapshot, archive, cancellation);
        var after = await Fingerprints.Sequences(session, cancellation);
        await session.Execute("COMMIT", cancellation);
        var (digest, bytes) = archive.Finish();
        return new(source, after, origin, programs, digest, bytes, archive.PlainBytes);
    }

    private async Task<DatabaseFingerprint> Restore(string archive, PostgresAddress into, IPostgresPrograms programs, CancellationToken cancellation)
    {
        await using (var plain = new ArchiveReader(archive, options.Key))
            await programs.Restore(plain, into, cancellation);
        await using var session = await Session.Open(into, cancellation);
        return await Fingerprints.Of(session, SchemaText.Hash(await programs.Schema(into, null, cancellation)), cancellation);
    }

    private VerifiedBackup Prove(BackupVerdict verdict) => verdict switch
    {
        BackupVerdict.Verified verified => verified.Backup,
        BackupVerdict.Refused refused => throw Failed($"it does not bring back what the database held: {string.Join("; ", refused.Differences)}"),
        var other => throw new UnreachableException(other.GetType().Name),
    };

    private static void CopyAndReadBack(StoredBackup stored, string copy)
    {
        var there = ArchiveFolder.Copy(stored, copy);
        if (BackupVerifier.VerifyAgain(there.Receipt, there.Hash(), new FileInfo(there.Archive).Length) is BackupVerdict.Refused refused)
            throw new ArchiveException($"the copy at {there.Archive} is not what was written: {string.Join("; ", refused.Differences)}");
    }

    private void Prune()
    {
        var superfluous = options.Retention.Superfluous(All().Select(stored => stored.Receipt.At)).ToHashSet();
        foreach (var stored in All().Where(stored => superfluous.Contains(stored.Receipt.At)))
        {
            _folder.Remove(stored);
            if (options.CopyTo is { } copy)
                new ArchiveFolder(copy).Remove(stored);
        }
    }

    /// <summary>Also after a cancellation. One that cannot be removed now, such as on a server that crashed, is replaced by the next backup.</summary>
    private async Task RemoveScratch(string scratch)
    {
        try
        {
            await _databases.Drop(scratch, CancellationToken.None);
        }
        catch (NpgsqlException unreachable)
        {
            _ = unreachable;
        }
    }

    private StepFailedException Failed(string reason, Exception? inner = null) => new(
        $"The backup of {options.Database} could not be proven: {reason.TrimEnd('.')}. A migration needs a proven backup; nothing was migrated.", inner);

    private sealed record Taken(
        DatabaseFingerprint Source, IReadOnlyDictionary<string, long> SequencesAfter, DatabaseOrigin Origin, IPostgresPrograms Programs, Digest Archive, long Bytes, long PlainBytes);
}
