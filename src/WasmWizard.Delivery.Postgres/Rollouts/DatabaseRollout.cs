using WasmWizard.Delivery.Backups;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Postgres.Servers;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Postgres.Rollouts;

/// <summary>What the steps of one rollout that concern the database share. The database is looked for anew each time: the rollout may be what makes it.</summary>
public sealed class DatabaseRollout
{
    private readonly Func<CancellationToken, Task<PostgresAddress?>> _find;
    private readonly IReleaseRunner _runner;
    private readonly Func<PostgresAddress, PostgresBackups> _backups;
    private readonly Release? _serving;

    private DatabaseRollout(
        Func<CancellationToken, Task<PostgresAddress?>> find, Func<PostgresAddress, PostgresBackups> backups, IReleaseRunner runner, Release wanted, Release? serving) =>
        (_find, _backups, _runner, Wanted, _serving) = (find, backups, runner, wanted, serving);

    public Release Wanted { get; }

    /// <summary>The proof that the back-up step made in this run; the migrate step asks for it.</summary>
    internal VerifiedBackup? Backup { get; private set; }

    /// <summary>What the plan says that it will apply.</summary>
    internal IReadOnlyList<string> Planned { get; private set; } = [];

    internal bool Serves => _serving?.Id == Wanted.Id;

    /// <param name="find">The database; null while the environment has none.</param>
    /// <param name="backups">Where its backups are.</param>
    /// <param name="runner">Runs releases aside.</param>
    /// <param name="wanted">The release to deploy.</param>
    /// <param name="serving">The release that serves, which must work on the schema of <paramref name="wanted"/>; null when none does.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<DatabaseRollout> Open(
        Func<CancellationToken, Task<PostgresAddress?>> find,
        Func<PostgresAddress, PostgresBackups> backups,
        IReleaseRunner runner,
        Release wanted,
        Release? serving,
        CancellationToken cancellation)
    {
        var rollout = new DatabaseRollout(find, backups, runner, wanted, serving);
        rollout.Planned = (await rollout.Look(cancellation)).Pending;
        return rollout;
    }

    /// <summary>Backs up, and migrates on the strength of that backup.</summary>
    public IReadOnlyList<IRolloutStep> Steps() => [new BackUpStep(this), new MigrateStep(this)];

    internal async Task<Look> Look(CancellationToken cancellation)
    {
        if (await _find(cancellation) is not { } database)
            return new(null, [], Wanted.Migrations);
        await using var session = await Session.Open(database, cancellation);
        var applied = await session.Migrations(cancellation);
        return new(database, applied, [.. Wanted.Migrations.Except(applied)]);
    }

    /// <summary>
    /// The backup, and on the copy of the data that proves it: the migration of the wanted release, and the core suite of the release before on its
    /// result. The database itself is changed by none of this.
    /// </summary>
    internal async Task TakeBackup(PostgresAddress database, bool migrates, CancellationToken cancellation) =>
        Backup = await _backups(database).Take(migrates ? Rehearse : null, cancellation);

    internal async Task Migrate(PostgresAddress database, CancellationToken cancellation)
    {
        var end = await _runner.Run(Wanted, ["migrate"], database, cancellation);
        if (end.ExitCode != 0)
            throw new StepFailedException($"migrate of release {Wanted.Id} ended with exit code {end.ExitCode} on {database}; required: 0. It said: {end.Said}");
    }

    private async Task Rehearse(PostgresAddress scratch, CancellationToken cancellation)
    {
        await Migrate(scratch, cancellation);
        if (_serving is null || Serves)
            return;
        if (await _runner.Try(_serving, scratch, cancellation) is { } broken)
        {
            throw new StepFailedException(
                $"Release {_serving.Id} ({_serving.Version}), which serves and may come back, does not work on the schema of release {Wanted.Id}: {broken}. Required: its core suite passes. "
                + "Tried on a restored copy, so nothing was migrated. Next: expand the schema in this release and contract it in a later one.");
        }
    }
}

/// <param name="Database">Null while the environment has none.</param>
internal sealed record Look(PostgresAddress? Database, IReadOnlyList<string> Applied, IReadOnlyList<string> Pending);
