using System.Globalization;
using System.Text;
using WasmWizard.Delivery.Compose.Engine;
using WasmWizard.Delivery.Compose.Rollouts;
using WasmWizard.Delivery.Compose.Stack;
using WasmWizard.Delivery.Compose.Steps;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Postgres;
using WasmWizard.Delivery.Postgres.Archives;
using WasmWizard.Delivery.Postgres.Rollouts;
using WasmWizard.Delivery.Postgres.Servers;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Compose;

/// <summary>
/// An environment on one container engine: PostgreSQL, Redis, Prometheus and a proxy that stay, and two slots that releases take in turn. Only the
/// proxy is published; it is told through its runtime interface which slot serves.
/// </summary>
public sealed class ComposeTarget : IRolloutTarget, IDisposable
{
    private readonly ComposeContext _context;
    private readonly IImageSource? _images;
    private readonly ContainerRunner _runner;
    private readonly Probing _probing;
    private readonly TimeProvider _time;

    /// <param name="engine">Where everything runs.</param>
    /// <param name="options">What it is to be.</param>
    /// <param name="images">Null where only stored releases are rolled out.</param>
    /// <param name="time">For backups.</param>
    public ComposeTarget(EngineClient engine, ComposeOptions options, IImageSource? images, TimeProvider time)
    {
        _context = new(engine, options);
        _images = images;
        _runner = new(_context);
        _probing = new(_context);
        _time = time;
    }

    public async Task<IReadOnlyList<Fault>> Preflight(Release wanted, CancellationToken cancellation)
    {
        var faults = await new ComposePreflight(_context).Check(cancellation);
        return faults.Count > 0 ? faults : await SchemaFaults(wanted, cancellation);
    }

    /// <summary>What would stop any rollout here: asked before gates run for minutes.</summary>
    public Task<IReadOnlyList<Fault>> PreflightPlace(CancellationToken cancellation) => new ComposePreflight(_context).Check(cancellation);

    /// <summary>The fault of an engine that does not answer, which stands before any other question; null when it does.</summary>
    public static Task<Fault?> Silence(EngineClient engine, CancellationToken cancellation) => ComposePreflight.Silence(engine, cancellation);

    public async Task Fence(FencingToken token, CancellationToken cancellation)
    {
        if (await FencedStep.Greatest(_context.State, cancellation) is { } greatest && greatest > token)
            throw new StepFailedException($"A holder with token {greatest} has begun; ours is {token}.");
        await _context.State.Write(FencedStep.TokenFile, Encoding.ASCII.GetBytes(token.Value.ToString(CultureInfo.InvariantCulture)), cancellation);
    }

    public async Task<Observation> Observe(CancellationToken cancellation)
    {
        var routed = await _context.Routed(cancellation);
        var container = routed is { } slot ? await _context.Container(slot, cancellation) : null;
        var serving = container?.IsRunning == true && ReleaseId.TryParse(container.Label(Specifications.ReleaseLabel), out var id)
            ? await _context.Releases.Find(id, cancellation)
            : null;
        return new(serving, serving is null ? null : container!.StartedAt, serving is null ? null : _context.Options.Url, await Drift(routed, serving, cancellation));
    }

    public async Task<IReadOnlyList<IRolloutStep>> Steps(Release wanted, Direction direction, CancellationToken cancellation)
    {
        var serving = (await Observe(cancellation)).Serving;
        var switching = new Switching();
        IReadOnlyList<IRolloutStep> schema = [];
        if (direction is Direction.Forward)
        {
            var database = await DatabaseRollout.Open(_context.Database, Backups, _runner, wanted, serving, cancellation);
            schema = [.. database.Steps(), new ProbeKeyStep(_context, _runner, wanted)];
        }

        IReadOnlyList<IRolloutStep> steps =
        [
            new ImageStep(_context, wanted, _images),
            new ConfigurationStep(_context, wanted),
            new AroundStep(_context),
            .. schema,
            new StartStep(_context, wanted),
            new ProbeStep(_context, _probing, wanted),
            new TakeOverStep(_context, switching, wanted, serving),
            new EnvironmentStep(_context, switching, _probing, wanted),
            new DrainStep(_context, wanted),
            new TagStep(_context, wanted),
            new PruneStep(_context, wanted),
        ];
        return Fenced(steps);
    }

    public Task<IReadOnlyList<IRolloutStep>> Withdraw(CancellationToken cancellation) => Task.FromResult(Fenced([new RouteAwayStep(_context), new EndStep(_context)]));

    /// <summary>The environment's backups; null while it has no database.</summary>
    public async Task<(PostgresBackups Backups, PostgresBackupOptions Options)?> DatabaseBackups(CancellationToken cancellation) =>
        await _context.Database(cancellation) is { } database ? (Backups(database), BackupOptions(database)) : null;

    /// <summary>The last lines of what serves; empty when nothing does.</summary>
    public async Task<IReadOnlyList<string>> Logs(int lines, CancellationToken cancellation) => await _context.Routed(cancellation) is { } routed
        ? await _context.Engine.LastLines(_context.NameOf(routed), lines, cancellation)
        : [];

    public void Dispose()
    {
        _probing.Dispose();
        _context.Dispose();
    }

    private PostgresBackups Backups(PostgresAddress database) => new(BackupOptions(database), _time);

    private PostgresBackupOptions BackupOptions(PostgresAddress database) => new()
    {
        Database = database,
        Folder = _context.Options.Backups,
        CopyTo = _context.Options.BackupCopies,
        Key = ArchiveKey.LoadOrMake(_context.Options.BackupKeyFile, out _),
    };

    private IReadOnlyList<IRolloutStep> Fenced(IReadOnlyList<IRolloutStep> steps) => [.. steps.Select(step => new FencedStep(step, _context.State))];

    private async Task<IReadOnlyList<Fault>> SchemaFaults(Release wanted, CancellationToken cancellation)
    {
        if (await _context.Database(cancellation) is not { } database)
            return [];
        await using var session = await Session.Open(database, cancellation);
        var applied = await session.Migrations(cancellation);
        var serving = (await Observe(cancellation)).Serving;
        var contracting = _context.Options.Contracting;
        return
        [
            .. Migrations.ContractRule.Blocking(wanted, [.. wanted.Migrations.Except(applied)], contracting, serving),
            .. serving is null ? [] : Migrations.ContractRule.Unsafe(wanted, serving, applied, contracting),
        ];
    }

    private async Task<IReadOnlyList<string>> Drift(Slot? routed, Release? serving, CancellationToken cancellation)
    {
        var drift = new List<string>();
        if (routed is not null && serving is null)
            drift.Add("requests go to a container of a release that is not stored");
        drift.AddRange((await _context.ByHand(cancellation)).Select(name => $"{name} was started by hand; the next deploy ends it"));
        foreach (var slot in Enum.GetValues<Slot>().Where(slot => slot != routed))
        {
            if (await _context.Container(slot, cancellation) is not null)
                drift.Add($"{_context.NameOf(slot)} is there and gets no requests");
        }

        return drift;
    }
}
