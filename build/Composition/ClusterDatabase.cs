using Npgsql;
using WasmWizard.Delivery.Backups;
using WasmWizard.Delivery.Kubernetes;
using WasmWizard.Delivery.Local.State;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Postgres;
using WasmWizard.Delivery.Postgres.Archives;
using WasmWizard.Delivery.Postgres.Programs;
using WasmWizard.Delivery.Postgres.Servers;

/// <summary>The database of an environment in a cluster, at the address that a person gave: this machine backs it up and restores the archive beside it.</summary>
public sealed class ClusterDatabase : IClusterBackups
{
    private readonly string _again;
    private readonly TimeProvider _time;

    private ClusterDatabase(PostgresBackupOptions options, string again, TimeProvider time) => (Options, _again, _time) = (options, again, time);

    public PostgresBackupOptions Options { get; }

    public PostgresBackups Backups => new(Options, _time);

    /// <summary>Null where no address was given.</summary>
    /// <exception cref="FormatException">The file holds none.</exception>
    public static ClusterDatabase? Of(IOperate build)
    {
        if (build.DatabaseUrlFile is not { } file)
            return null;
        var environment = build.Workspace.Policy.Environment;
        var folder = LocalState.Of(environment.Word, build.State).Folder;
        return new(
            new()
            {
                Database = PostgresAddress.Parse(File.ReadAllText(file)),
                Folder = Path.Combine(folder, "backups"),
                CopyTo = build.BackupCopies,
                Key = ArchiveKey.LoadOrMake(build.BackupKey ?? Path.Combine(folder, "backup.key"), out _),
            },
            $"./build.sh Deploy --branch {environment.Branch}",
            build.Workspace.Time);
    }

    /// <summary>What is wrong with the address or the key; null when nothing is.</summary>
    public static Fault? Faults(IOperate build)
    {
        try
        {
            if (build.DatabaseUrlFile is { } file && File.Exists(file))
                Of(build);
            return null;
        }
        catch (FormatException wrong)
        {
            return new("WW2157", $"{build.DatabaseUrlFile} holds no address of a database", wrong.Message, "write it, readable by its owner alone");
        }
        catch (ArchiveException wrong)
        {
            return new("WW3132", wrong.Message, "a key for backups", "put it right, or name another with --backup-key");
        }
    }

    public async Task<IReadOnlyList<Fault>> Preflight(CancellationToken cancellation)
    {
        try
        {
            await using var session = await Session.Open(Options.Database, cancellation);
            return await LocalPrograms.Lacking((await session.Origin(cancellation)).Major, _again, cancellation) is { } lacking ? [lacking] : [];
        }
        catch (NpgsqlException silent)
        {
            return [new("WW2158", $"the database {Options.Database} does not answer this machine: {silent.Message}", "it answers here, where its backup is taken and proven", $"reach it from here, then {_again}")];
        }
    }

    public async Task<bool> HasContent(CancellationToken cancellation)
    {
        await using var session = await Session.Open(Options.Database, cancellation);
        return await session.HasTables(cancellation);
    }

    public Task<VerifiedBackup> Take(CancellationToken cancellation) => Backups.Take(null, cancellation);
}
