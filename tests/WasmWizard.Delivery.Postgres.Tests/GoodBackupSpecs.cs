using System.Globalization;
using System.Text;
using WasmWizard.Delivery.Backups;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Postgres.Archives;
using WasmWizard.Delivery.Postgres.Servers;
using WasmWizard.Delivery.Postgres.Tests.Fixtures;
using Xunit.Abstractions;

namespace WasmWizard.Delivery.Postgres.Tests;

[Collection(OneServer.Name)]
[Trait("suite", "complete")]
public sealed class GoodBackupSpecs(PostgresServer server, ITestOutputHelper output)
{
    /// <summary>Set to 50 for the campaign.</summary>
    private static readonly int Backups = int.Parse(Environment.GetEnvironmentVariable("WASM_WIZARD_BACKUPS") ?? "10", CultureInfo.InvariantCulture);

    [PostgresFact]
    public async Task Under_load_no_good_backup_is_refused()
    {
        await using var shop = await Shop.Open(server);
        await shop.StartWriting();

        for (var backup = 0; backup < Backups; backup++)
        {
            var before = shop.Writes;
            var receipt = (await shop.Taking().Take(null, CancellationToken.None)).Receipt;
            output.WriteLine($"{backup}: {receipt.Bytes} bytes, {receipt.Content.Tables.Sum(table => table.Rows)} rows, restored in {receipt.RestoreTime.TotalSeconds:0.00} s, {shop.Writes - before} writes meanwhile");
            Assert.Equal(["public.Strange \"name\" t", "public.customers", "public.events_2026", "public.orders", "public.schema_migrations"], receipt.Content.Tables.Select(table => table.Name).Order(StringComparer.Ordinal));
        }

        Assert.Empty(shop.WriterFaults);
        Assert.Equal(Math.Min(Backups, BackupRetention.Default.Last), shop.Taking().All().Count);
        Assert.Equal("", await shop.Leftovers());
    }

    [PostgresFact]
    public async Task The_receipt_names_server_position_archive_sizes_and_time()
    {
        await using var shop = await Shop.Open(server);
        var sourceBefore = await shop.Fingerprint();

        var receipt = (await shop.Taking().Take(null, CancellationToken.None)).Receipt;

        var stored = Assert.Single(shop.Taking().All());
        Assert.Equal(await shop.Ask("SELECT system_identifier FROM pg_control_system()"), receipt.Origin!.SystemId);
        Assert.Equal("t", await shop.Ask($"SELECT left(('{receipt.Origin.Lsn}'::pg_lsn <= pg_current_wal_lsn())::text, 1)"));
        Assert.Equal(stored.Hash(), receipt.Archive);
        Assert.Equal(new FileInfo(stored.Archive).Length, receipt.Bytes);
        Assert.InRange(receipt.Seal!.PlainBytes, 1, receipt.Bytes);
        Assert.True(receipt.RestoreTime > TimeSpan.Zero);
        Assert.Equal(1, receipt.Content.LargeObjects!.Rows);
        Assert.Equal(100, receipt.Content.Sequences["public.tickets"]);
        Assert.Contains(receipt.Content.Extensions, extension => extension.StartsWith("pg_trgm ", StringComparison.Ordinal));
        Assert.IsType<BackupVerdict.Verified>(BackupVerifier.Verify(sourceBefore, receipt.Content, receipt));
        Assert.Equal(BackupReceiptJson.Write(receipt), await File.ReadAllTextAsync(Path.ChangeExtension(stored.Archive, ".json")));
        Assert.DoesNotContain("secret", BackupReceiptJson.Write(receipt), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task After_a_restore_every_table_is_as_the_receipt_says_and_the_losses_were_told_before()
    {
        await using var shop = await Shop.Open(server);
        await shop.StartWriting();
        var receipt = (await shop.Taking().Take(null, CancellationToken.None)).Receipt;
        await shop.StopWriting();
        await shop.Execute("INSERT INTO customers (name) VALUES ('late'); DELETE FROM \"Strange \"\"name\"\" t\"; CREATE TABLE later (id integer); INSERT INTO later VALUES (1), (1)");
        var restore = new PostgresRestore(shop.Options(), TimeProvider.System);

        var losses = await restore.Stage(shop.Taking().All()[0], CancellationToken.None);
        output.WriteLine(string.Join(Environment.NewLine, losses.Lines(receipt.At)));

        Assert.Contains(new TableLoss("public.later", 2, 0), losses.Tables);
        Assert.Contains(new TableLoss("public.Strange \"name\" t", 0, 3), losses.Tables);
        Assert.Contains(losses.Tables, table => table is { Table: "public.orders", Written: > 0 });
        Assert.DoesNotContain(losses.Tables, table => table.Table == "public.schema_migrations");
        // Told, and nothing changed yet.
        Assert.Equal("2", await shop.Ask("SELECT count(*) FROM later"));

        var kept = await restore.Exchange(CancellationToken.None);

        Assert.IsType<BackupVerdict.Verified>(BackupVerifier.Verify(receipt.Content, await shop.Fingerprint(), receipt));
        await using var before = await Session.Open(shop.Address.Of(kept), CancellationToken.None);
        Assert.Equal("2", await before.Text("SELECT count(*) FROM public.later", CancellationToken.None));
    }

    [PostgresFact]
    public async Task A_damaged_archive_is_not_restored_and_the_database_is_as_it_was()
    {
        await using var shop = await Shop.Open(server);
        await shop.Taking().Take(null, CancellationToken.None);
        var stored = shop.Taking().All()[0];
        var bytes = await File.ReadAllBytesAsync(stored.Archive);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(stored.Archive, bytes);

        var told = await Assert.ThrowsAsync<StepFailedException>(() => new PostgresRestore(shop.Options(), TimeProvider.System).Stage(stored, CancellationToken.None));

        Assert.Contains("the archive's digest is", told.Message, StringComparison.Ordinal);
        Assert.Equal("500", await shop.Ask("SELECT count(*) FROM customers"));
    }

    [PostgresFact]
    public async Task Without_its_key_an_archive_tells_nothing()
    {
        await using var shop = await Shop.Open(server);
        await shop.Execute("INSERT INTO customers (name) VALUES (repeat('needle in the haystack ', 50))");
        await shop.Taking().Take(null, CancellationToken.None);
        var stored = shop.Taking().All()[0];

        Assert.DoesNotContain("needle", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(stored.Archive)), StringComparison.Ordinal);
        Assert.DoesNotContain("PGDMP", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(stored.Archive)), StringComparison.Ordinal);
        var other = shop.Options() with { Key = ArchiveKey.LoadOrMake(shop.KeyFile + ".other", out _) };
        var told = await Assert.ThrowsAsync<StepFailedException>(() => new PostgresRestore(other, TimeProvider.System).Stage(stored, CancellationToken.None));
        Assert.Contains("is encrypted with the key", told.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Only_as_many_are_kept_as_the_rule_says_here_and_where_copies_are()
    {
        await using var shop = await Shop.Open(server);
        var copies = Directory.CreateDirectory(Path.Combine(shop.Root, "copies")).FullName;
        var taking = shop.Taking(options => options with { CopyTo = copies, Retention = new(2, 0, 0) });

        for (var backup = 0; backup < 4; backup++)
            await taking.Take(null, CancellationToken.None);

        Assert.Equal(2, taking.All().Count);
        Assert.Equal(taking.All().Select(stored => (stored.Name, stored.Hash())), new ArchiveFolder(copies).All().Select(stored => (stored.Name, stored.Hash())));
        Assert.Equal(4, Directory.GetFiles(shop.Backups).Length);
    }
}
