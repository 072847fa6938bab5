using System.Globalization;
using Npgsql;
using WasmWizard.Delivery.Backups;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Postgres.Archives;
using WasmWizard.Delivery.Postgres.Servers;

namespace WasmWizard.Delivery.Postgres;

/// <summary>
/// Brings a backup back in two parts that a person's decision stands between: it is restored beside the database, proven again, and compared
/// row by row with what is there now; then the two change names. The database before is kept under another name.
/// </summary>
public sealed class PostgresRestore(PostgresBackupOptions options, TimeProvider time)
{
    private readonly Databases _databases = new(options.Database);

    private string Staged => _databases.Beside("restored");

    /// <summary>Restores beside the database and tells what would be lost. Changes nothing that serves.</summary>
    /// <exception cref="StepFailedException">The archive is not what its receipt says, or does not bring it back.</exception>
    public async Task<LostWrites> Stage(StoredBackup stored, CancellationToken cancellation)
    {
        try
        {
            if (BackupVerifier.VerifyAgain(stored.Receipt, stored.Hash(), new FileInfo(stored.Archive).Length) is BackupVerdict.Refused refused)
                throw Failed(stored, string.Join("; ", refused.Differences));
            var into = await _databases.CreateAnew(Staged, cancellation);
            await using var session = await Session.Open(into, cancellation);
            var programs = await options.Programs((await session.Origin(cancellation)).Major, cancellation);
            await using (var plain = new ArchiveReader(stored.Archive, options.Key))
                await programs.Restore(plain, into, cancellation);
            var restored = await Fingerprints.Of(session, SchemaText.Hash(await programs.Schema(into, null, cancellation)), cancellation);
            if (BackupVerifier.Verify(stored.Receipt.Content, restored, stored.Receipt) is BackupVerdict.Refused differs)
                throw Failed(stored, string.Join("; ", differs.Differences));
            return await Losses(cancellation);
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException or UnauthorizedAccessException or ArchiveException)
        {
            throw Failed(stored, failure.Message, failure);
        }
    }

    /// <summary>The staged database takes the place of ours, both names in one transaction.</summary>
    /// <returns>The name that the database before has now.</returns>
    public async Task<string> Exchange(CancellationToken cancellation)
    {
        var kept = _databases.Beside("before_" + time.GetUtcNow().UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture));
        try
        {
            await _databases.Close(cancellation);
            await _databases.Exchange(Staged, kept, cancellation);
        }
        catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException)
        {
            await _databases.Reopen(options.Database.Database, CancellationToken.None);
            throw new StepFailedException($"{options.Database} was not exchanged: {failure.Message} It serves as before.", failure);
        }

        return kept;
    }

    public Task Discard(CancellationToken cancellation) => _databases.Drop(Staged, cancellation);

    private async Task<LostWrites> Losses(CancellationToken cancellation)
    {
        await using var now = await Session.Open(options.Database, cancellation);
        await using var then = await Session.Open(options.Database.Of(Staged), cancellation);
        await now.Execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY", cancellation);
        var today = (await Fingerprints.Relations(now, cancellation)).ToDictionary(table => table.Name, table => table.Relation);
        var before = (await Fingerprints.Relations(then, cancellation)).ToDictionary(table => table.Name, table => table.Relation);
        var losses = new List<TableLoss>();
        foreach (var table in today.Keys.Union(before.Keys).Order(StringComparer.Ordinal))
        {
            var (written, gone) = await SortedDifference.Count(
                today.TryGetValue(table, out var relation) ? now.Stream(Hashes(relation), cancellation) : Nothing(),
                before.TryGetValue(table, out var old) ? then.Stream(Hashes(old), cancellation) : Nothing(),
                cancellation);
            if (written + gone > 0)
                losses.Add(new(table, written, gone));
        }

        return new(losses);
    }

    private static string Hashes(string relation) => $"SELECT {Fingerprints.RowHash} FROM ONLY {relation} AS {Fingerprints.Row} ORDER BY 1";

    private static IAsyncEnumerable<long> Nothing() => AsyncEnumerable.Empty<long>();

    private static StepFailedException Failed(StoredBackup stored, string reason, Exception? inner = null) => new(
        $"Backup {stored.Name} cannot be restored: {reason.TrimEnd('.')}. The database is as it was. Next: choose another one with --backup-name.", inner);
}
