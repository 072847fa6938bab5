using System.Globalization;
using Microsoft.Data.Sqlite;
using WasmWizard.Delivery.Backups;
using WasmWizard.Delivery.Local.Backups;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Local.Tests;

public sealed class BackupSpecs : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("backups-").FullName;
    private readonly string _database;

    public BackupSpecs()
    {
        _database = Path.Combine(_root, "data.db");
        Execute(
            """
            PRAGMA journal_mode = WAL;
            CREATE TABLE entries (id INTEGER PRIMARY KEY, name TEXT, amount REAL, content BLOB);
            CREATE TABLE "odd ""name" (key TEXT PRIMARY KEY) WITHOUT ROWID;
            CREATE INDEX entries_name ON entries (name, id, amount, content);
            INSERT INTO entries (name, amount, content) VALUES ('one', 1.5, x'00ff'), (NULL, NULL, NULL);
            INSERT INTO "odd ""name" VALUES ('b'), ('a');
            """);
    }

    private string Folder => Path.Combine(_root, "backups");

    [Fact]
    public void A_backup_is_proven_and_its_receipt_stands_beside_it()
    {
        var receipt = Backups().Take(default).Receipt;

        Assert.Equal([("entries", 2L), ("odd \"name", 2L)], receipt.Content.Tables.Select(table => (table.Name, table.Rows)).Order());
        var archive = Assert.Single(Backups().Archives());
        Assert.Equal(receipt.Bytes, new FileInfo(archive).Length);
        Assert.IsType<BackupVerdict.Verified>(SqliteBackups.VerifyAgain(archive));
        Assert.Equal(2, Directory.GetFiles(Folder).Length);
    }

    [Fact]
    public async Task Writers_may_go_on_meanwhile()
    {
        using var end = new CancellationTokenSource();
        var written = 0;
        var writer = Task.Run(() =>
        {
            using var connection = Open();
            while (!end.IsCancellationRequested)
            {
                using var command = connection.CreateCommand();
                command.CommandText = "INSERT INTO entries (name) VALUES ('more')";
                command.ExecuteNonQuery();
                Interlocked.Increment(ref written);
            }
        });
        while (Volatile.Read(ref written) == 0)
            await Task.Yield();

        var receipts = Enumerable.Range(0, 5).Select(_ => Backups().Take(default).Receipt).ToList();

        await end.CancelAsync();
        await writer;
        var counts = receipts.Select(receipt => receipt.Content.Tables.Single(table => table.Name == "entries").Rows).ToList();
        Assert.Equal(counts.Order(), counts);
        Assert.True(counts[^1] > counts[0], "The writer must have written between the backups.");
    }

    [Fact]
    public void A_receipt_is_believed_only_for_the_very_bytes()
    {
        Backups().Take(default);
        var archive = Backups().Archives()[0];
        using (var file = File.OpenWrite(archive))
        {
            file.Position = 5000;
            file.WriteByte(0x77);
        }

        Assert.IsType<BackupVerdict.Refused>(SqliteBackups.VerifyAgain(archive));
    }

    [Fact]
    public void The_newest_are_kept()
    {
        for (var backup = 0; backup < 4; backup++)
            Backups(kept: 2).Take(default);

        Assert.Equal(2, Backups().Archives().Count);
        Assert.Equal(4, Directory.GetFiles(Folder).Length);
    }

    [Fact]
    public void What_a_killed_attempt_left_is_removed()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "20260101T000000.000Z.db.draft"), "half");
        File.WriteAllText(Path.Combine(Folder, "20260101T000000.000Z.json"), "{}");

        Backups().Take(default);

        Assert.Equal(2, Directory.GetFiles(Folder).Length);
    }

    [Fact]
    public void A_damaged_database_gives_no_backup()
    {
        SqliteConnection.ClearAllPools();
        Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        SqliteConnection.ClearAllPools();
        using (var file = File.OpenWrite(_database))
        {
            file.Position = 4096;
            file.Write(new byte[4096]);
        }

        Assert.Throws<StepFailedException>(() => Backups().Take(default));
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public void A_file_that_is_no_database_gives_no_backup()
    {
        var path = Path.Combine(_root, "no.db");
        File.WriteAllText(path, string.Join('\n', Enumerable.Range(0, 1000).Select(line => line.ToString(CultureInfo.InvariantCulture))));

        Assert.Throws<StepFailedException>(() => new SqliteBackups(path, Folder, 10, TimeProvider.System).Take(default));
    }

    [Fact]
    public void A_database_without_a_table_has_nothing_to_back_up()
    {
        var path = Path.Combine(_root, "empty.db");
        var backups = new SqliteBackups(path, Folder, 10, TimeProvider.System);
        Assert.False(backups.HasContent());
        File.WriteAllBytes(path, []);

        Assert.False(backups.HasContent());
        Assert.Throws<StepFailedException>(() => backups.Take(default));
        Assert.True(Backups().HasContent());
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_root, recursive: true);
    }

    private SqliteBackups Backups(int kept = 10) => new(_database, Folder, kept, TimeProvider.System);

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={_database};Pooling=false;Default Timeout=30");
        connection.Open();
        return connection;
    }

    private void Execute(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
