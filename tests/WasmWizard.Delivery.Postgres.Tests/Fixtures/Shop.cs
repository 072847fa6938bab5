using System.Collections.Concurrent;
using System.Security.Cryptography;
using Npgsql;
using WasmWizard.Delivery.Backups;
using WasmWizard.Delivery.Postgres.Archives;
using WasmWizard.Delivery.Postgres.Programs;
using WasmWizard.Delivery.Postgres.Servers;

namespace WasmWizard.Delivery.Postgres.Tests.Fixtures;

/// <summary>A database with everything that a backup has to bring back, folders for its backups, and writers that do not stop.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private const string Schema = """
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE TYPE mood AS ENUM ('calm', 'angry');
        CREATE TABLE schema_migrations (version integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at text NOT NULL);
        INSERT INTO schema_migrations VALUES (1, '0001_step', 'c', 'now');
        CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, mood mood, note jsonb, photo bytea, since timestamptz DEFAULT now(), weight double precision, tags text[]);
        CREATE TABLE orders (id bigserial PRIMARY KEY, customer bigint REFERENCES customers (id), amount numeric(12, 2) NOT NULL, placed timestamptz NOT NULL DEFAULT now());
        CREATE TABLE "Strange ""name"" t" (t text, "the row" text);
        CREATE TABLE events (at date NOT NULL, what text) PARTITION BY RANGE (at);
        CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
        CREATE MATERIALIZED VIEW totals AS SELECT customer, sum(amount) AS amount FROM orders GROUP BY customer;
        CREATE SEQUENCE tickets INCREMENT 5 START 100;
        CREATE INDEX customers_name ON customers USING gin (name gin_trgm_ops);
        INSERT INTO customers (name, mood, note, photo, weight, tags)
            SELECT 'customer ' || n, (ARRAY['calm', 'angry']::mood[])[1 + n % 2], jsonb_build_object('n', n), decode(md5(n::text), 'hex'), sqrt(n), ARRAY['a', n::text] FROM generate_series(1, 500) n;
        INSERT INTO orders (customer, amount) SELECT 1 + n % 500, n * 1.25 FROM generate_series(1, 3000) n;
        INSERT INTO "Strange ""name"" t" VALUES ('x', NULL), ('x', NULL), (E'tab\tnewline\n', '\\.');
        INSERT INTO events VALUES ('2026-02-03', 'opened');
        REFRESH MATERIALIZED VIEW totals;
        SELECT nextval('tickets');
        SELECT lo_from_bytea(0, decode(repeat('ab', 5000), 'hex'));
        """;

    /// <summary>Between two transactions of a writer: hundreds come during a backup, and the processors are not theirs alone.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(5);

    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _writers = [];
    private readonly List<Session> _holding = [];
    private int _writes;

    private Shop(PostgresServer server, string root, PostgresAddress address) => (Server, Root, Address) = (server, root, address);

    public PostgresServer Server { get; }

    public string Root { get; }

    public PostgresAddress Address { get; }

    public string Backups => Path.Combine(Root, "backups");

    public string KeyFile => Path.Combine(Root, "backup.key");

    public int Writes => _writes;

    public ConcurrentQueue<string> WriterFaults { get; } = [];

    public static async Task<Shop> Open(PostgresServer server)
    {
        var root = Directory.CreateTempSubdirectory("shop-").FullName;
        var shop = new Shop(server, root, PostgresAddress.Parse(await server.NewDatabaseAsync()));
        await shop.Execute(Schema);
        ArchiveKey.LoadOrMake(shop.KeyFile, out _);
        return shop;
    }

    public PostgresBackupOptions Options() => new() { Database = Address, Folder = Backups, Key = ArchiveKey.Load(KeyFile) };

    public PostgresBackups Taking(Func<PostgresBackupOptions, PostgresBackupOptions>? change = null) => new((change ?? (options => options))(Options()), TimeProvider.System);

    /// <summary>Programs as they are, with something done around them.</summary>
    public static Func<int, CancellationToken, Task<IPostgresPrograms>> Disturbed(Disturbance disturbance) =>
        async (major, cancellation) => new DisturbedPrograms(await LocalPrograms.Find(major, cancellation), disturbance);

    /// <summary>Starts inserting, changing and deleting on several connections.</summary>
    public async Task StartWriting(int writers = 3)
    {
        for (var writer = 0; writer < writers; writer++)
            _writers.Add(Task.Run(Write));
        while (_writes < 20 && WriterFaults.IsEmpty)
            await Task.Delay(5);
    }

    public async Task StopWriting()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_writers);
    }

    /// <summary>Keeps a transaction open that did this.</summary>
    public async Task Hold(string sql)
    {
        var session = await Session.Open(Address, CancellationToken.None);
        _holding.Add(session);
        await session.Execute($"SET search_path = public; BEGIN; {sql}", CancellationToken.None);
    }

    /// <summary>Ends what <see cref="Hold"/> began.</summary>
    public async Task LetGo()
    {
        foreach (var session in _holding)
            await session.DisposeAsync();
        _holding.Clear();
    }

    public Task Execute(string sql) => Execute(Address, sql);

    public static async Task Execute(PostgresAddress address, string sql)
    {
        await using var session = await Session.Open(address, CancellationToken.None);
        await session.Execute("SET search_path = public; SET client_min_messages = error; " + sql, CancellationToken.None);
    }

    public async Task<string?> Ask(string sql)
    {
        await using var session = await Session.Open(Address, CancellationToken.None);
        await session.Execute("SET search_path = public", CancellationToken.None);
        return await session.Text(sql, CancellationToken.None);
    }

    public async Task<DatabaseFingerprint> Fingerprint()
    {
        await using var session = await Session.Open(Address, CancellationToken.None);
        var programs = await LocalPrograms.Find((await session.Origin(CancellationToken.None)).Major, CancellationToken.None);
        return await Fingerprints.Of(session, SchemaText.Hash(await programs.Schema(Address, null, CancellationToken.None)), CancellationToken.None);
    }

    /// <summary>Databases beside ours that work left behind.</summary>
    public async Task<string> Leftovers() =>
        await Ask($"SELECT string_agg(datname, ', ') FROM pg_database WHERE datname LIKE '{Address.Database}\\_%'") ?? "";

    public async ValueTask DisposeAsync()
    {
        await LetGo();
        await StopWriting();
        _end.Dispose();
        if (Directory.Exists(Root))
            Directory.Delete(Root, recursive: true);
    }

    private async Task Write()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await using var session = await Session.Open(Address, _end.Token);
                await session.Execute("SET search_path = public", _end.Token);
                while (!_end.IsCancellationRequested)
                {
                    await session.Execute($"""
                        WITH placed AS (INSERT INTO orders (customer, amount) VALUES ({1 + RandomNumberGenerator.GetInt32(500)}, 1.5) RETURNING id)
                        UPDATE customers SET note = jsonb_build_object('order', (SELECT id FROM placed)), weight = random() WHERE id = {1 + RandomNumberGenerator.GetInt32(500)};
                        DELETE FROM orders WHERE id = {1 + RandomNumberGenerator.GetInt32(3000)};
                        SELECT nextval('tickets');
                        INSERT INTO events VALUES ('2026-03-04', 'sold');
                        """, _end.Token);
                    Interlocked.Increment(ref _writes);
                    await Task.Delay(Beat, _end.Token);
                }
            }
            catch (Exception broken) when (broken is NpgsqlException or OperationCanceledException or IOException)
            {
                // Faults of a test may end the server under the writers; they come back as clients do.
                if (!_end.IsCancellationRequested)
                    WriterFaults.Enqueue(broken.Message);
            }
        }
    }
}
