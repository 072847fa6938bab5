using WasmWizard.Delivery.Postgres.Archives;
using WasmWizard.Delivery.Postgres.Programs;
using WasmWizard.Delivery.Postgres.Servers;

namespace WasmWizard.Delivery.Postgres.Tests.Fixtures;

/// <summary>One thing that goes wrong with a backup.</summary>
/// <param name="Name">For people.</param>
/// <param name="Break">Changes the options, or the world.</param>
/// <param name="Told">A part of what the outcome must tell.</param>
internal sealed record BackupFault(string Name, Func<Shop, PostgresBackupOptions, Task<PostgresBackupOptions>> Break, string Told)
{
    private const string PassOn = "*) exec \"$REAL/pg_dump\" \"$@\";; esac";

    public static IReadOnlyList<BackupFault> All { get; } =
    [
        Options("database unreachable", (_, options) => options with { Database = options.Database.At("127.0.0.1", Loopback.FreePort()) }, "Failed to connect"),
        Options("role unknown", (_, options) => options with { Database = As(options, "nobody-here") }, "nobody-here"),
        Options("database gone", (_, options) => options with { Database = options.Database.Of("no_such_database") }, "no_such_database"),
        Options("no client at all", (shop, options) => options with { Programs = async (major, cancellation) => await LocalPrograms.Find(major, [shop.Root], cancellation) }, "there is none; required: pg_dump and pg_restore"),
        Options("client of another major only", (shop, options) => options with { Programs = Scripted(shop, "echo 'pg_dump (PostgreSQL) 9.6.1'") }, "9.6.1"),
        Script("dump ends at once", "exit 3", "pg_dump ended with exit code 3"),
        Script("dump killed halfway", $"case \"$*\" in *custom*) \"$REAL/pg_dump\" \"$@\" | head -c 20000; kill -9 $$;; {PassOn}", "pg_dump ended with exit code"),
        Script("dump says done and wrote nothing", $"case \"$*\" in *custom*) exit 0;; {PassOn}", "pg_restore ended with exit code"),
        Script("dump says done and wrote half", $"case \"$*\" in *custom*) \"$REAL/pg_dump\" \"$@\" | head -c 20000;; {PassOn}", "pg_restore ended with exit code"),
        Options("dump hangs", (shop, options) => options with { Programs = Scripted(shop, "exec sleep 600"), Within = TimeSpan.FromSeconds(2) }, "it was not done within"),
        Around("disk full while dumping", _ => new() { DuringDump = stream => new FullDisk(stream) }, "No space left on device"),
        Around("archive cut off on disk", shop => new() { BeforeRestore = () => Rewrite(shop, bytes => bytes[..^100]) }, "cut off"),
        Around("one bit of the archive flipped", shop => new() { BeforeRestore = () => Rewrite(shop, Flip) }, "was changed"),
        Around("archive replaced by something else", shop => new() { BeforeRestore = () => Rewrite(shop, bytes => new byte[bytes.Length]) }, "was changed"),
        Around("session of the snapshot ended", shop => new() { BeforeDump = _ => shop.Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction' AND pid <> pg_backend_pid()") }, "snapshot"),
        Around("server crashes before the dump", shop => new() { BeforeDump = async _ => await Crash(shop, restart: true) }, "pg_dump ended with exit code"),
        Around("server gone before the restore", shop => new() { BeforeRestore = () => Crash(shop, restart: false) }, "pg_restore ended with exit code"),
        new("no right to make the scratch database", async (shop, options) => options with { Database = await NewRole(shop, options, "NOCREATEDB", "SELECT lo_unlink(oid) FROM pg_largeobject_metadata; GRANT pg_read_all_data TO {0}") }, "permission denied to create database"),
        new("no right to read one table", async (shop, options) => options with { Database = await NewRole(shop, options, "CREATEDB", "GRANT SELECT ON ALL TABLES IN SCHEMA public TO {0}; REVOKE SELECT ON orders FROM {0}") }, "permission denied for table orders"),
        new("a table is locked for good", async (shop, options) =>
        {
            await shop.StopWriting();
            await shop.Hold("LOCK TABLE orders");
            return options with { Within = TimeSpan.FromSeconds(3) };
        }, "it was not done within"),
        Restored("a row missing after the restore", "DELETE FROM orders WHERE id = (SELECT min(id) FROM orders)", "table public.orders"),
        Restored("a value changed after the restore", "UPDATE customers SET note = '{}' WHERE id = 7", "table public.customers"),
        Restored("a sequence behind after the restore", "SELECT setval('tickets', 100)", "sequence public.tickets"),
        Restored("a large object lost after the restore", "SELECT lo_unlink(oid) FROM pg_largeobject_metadata", "large objects"),
        Restored("an index lost after the restore", "DROP INDEX customers_name", "schema"),
        Restored("an extension lost after the restore", "DROP EXTENSION pg_trgm CASCADE", "extension pg_trgm"),
        Restored("a table too many after the restore", "CREATE TABLE stranger (id integer)", "table public.stranger"),
        Options("no folder for copies", (shop, options) => options with { CopyTo = Path.Combine(shop.Root, "not mounted") }, "is not there"),
        Options("folder of backups is a file", (shop, options) =>
        {
            File.WriteAllText(shop.Backups, "");
            return options;
        }, "backups"),
    ];

    /// <summary>Where the programs really are: what is on the PATH may be a link to one of them.</summary>
    private static string RealPrograms => Path.GetDirectoryName(File.ResolveLinkTarget(Loopback.Find("initdb")!, returnFinalTarget: true)?.FullName ?? Loopback.Find("initdb"))!;

    private static BackupFault Options(string name, Func<Shop, PostgresBackupOptions, PostgresBackupOptions> change, string told) =>
        new(name, (shop, options) => Task.FromResult(change(shop, options)), told);

    private static BackupFault Around(string name, Func<Shop, Disturbance> disturbance, string told) =>
        Options(name, (shop, options) => options with { Programs = Shop.Disturbed(disturbance(shop)) }, told);

    private static BackupFault Restored(string name, string sql, string told) => Around(name, _ => new() { AfterRestore = scratch => Shop.Execute(scratch, sql) }, told);

    private static BackupFault Script(string name, string body, string told) => Options(
        name, (shop, options) => options with { Programs = Scripted(shop, $"case \"$1\" in --version) exec \"$REAL/pg_dump\" --version;; esac\n{body}") }, told);

    /// <summary>A pg_dump that is a script, beside the real pg_restore.</summary>
    private static Func<int, CancellationToken, Task<IPostgresPrograms>> Scripted(Shop shop, string body)
    {
        var folder = Directory.CreateDirectory(Path.Combine(shop.Root, "programs")).FullName;
        var script = Path.Combine(folder, "pg_dump");
        File.WriteAllText(script, $"#!/bin/sh\nREAL={RealPrograms}\n{body}\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(Path.Combine(folder, "pg_restore"), Path.Combine(RealPrograms, "pg_restore"));
        return async (major, cancellation) => await LocalPrograms.Find(major, [folder], cancellation);
    }

    private static PostgresAddress As(PostgresBackupOptions options, string user) =>
        PostgresAddress.Parse(options.Database.RevealUrl().Replace("wizard:secret@", user + "@", StringComparison.Ordinal));

    private static async Task<PostgresAddress> NewRole(Shop shop, PostgresBackupOptions options, string rights, string grants)
    {
        var role = $"r{Guid.NewGuid():N}";
        await shop.Execute($"CREATE ROLE {role} LOGIN {rights}; {string.Format(System.Globalization.CultureInfo.InvariantCulture, grants, role)}");
        return As(options, role);
    }

    private static async Task Rewrite(Shop shop, Func<byte[], byte[]> change)
    {
        var archive = Directory.GetFiles(shop.Backups, "*.draft").Single();
        var header = ArchiveCipher.HeaderBytes;
        var bytes = await File.ReadAllBytesAsync(archive);
        await File.WriteAllBytesAsync(archive, [.. bytes[..header], .. change(bytes[header..])]);
    }

    private static byte[] Flip(byte[] bytes)
    {
        bytes[bytes.Length / 2] ^= 1;
        return bytes;
    }

    private static async Task Crash(Shop shop, bool restart)
    {
        shop.Server.Stop();
        if (restart)
            await shop.Server.StartAsync();
    }
}
