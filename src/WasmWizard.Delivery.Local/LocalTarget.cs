using WasmWizard.Delivery.Local.Backups;
using WasmWizard.Delivery.Local.Fronts;
using WasmWizard.Delivery.Local.Preflight;
using WasmWizard.Delivery.Local.Protocol.Messages;
using WasmWizard.Delivery.Local.State;
using WasmWizard.Delivery.Local.Steps;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Probes;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Local;

/// <summary>
/// An environment as processes on this machine: a release is a folder, an instance of it a process on a port of its own, and a small
/// resident front sends requests to exactly one instance.
/// </summary>
public sealed class LocalTarget : IRolloutTarget, IDisposable
{
    private readonly LocalTargetOptions _options;
    private readonly LocalFront _front;
    private readonly LocalReleaseStore _releases;
    private readonly ServiceProbe _probe;
    private readonly SqliteBackups _backups;

    public LocalTarget(LocalTargetOptions options, TimeProvider time)
    {
        _options = options;
        _front = new LocalFront(options.State, options.FrontBinaries, options.Dotnet);
        _probe = new ServiceProbe(options.State.ProbeKey);
        _releases = new LocalReleaseStore(options.State, time);
        _backups = new SqliteBackups(options.State.Database, options.State.Backups, options.KeptBackups, time);
    }

    public Task<IReadOnlyList<Fault>> Preflight(Release wanted, CancellationToken cancellation) =>
        Task.FromResult(new LocalPreflight(_options, _front, _releases).Check(wanted));

    /// <summary>What would stop any rollout on this machine: asked before gates run for minutes.</summary>
    public IReadOnlyList<Fault> PreflightPlace() => new LocalPreflight(_options, _front, _releases).CheckPlace();

    /// <summary>The front is all that orders change; where none runs, the next one finds the token in its memory.</summary>
    public Task Fence(FencingToken token, CancellationToken cancellation) => _front.Fence(token, cancellation);

    public async Task<Observation> Observe(CancellationToken cancellation)
    {
        var status = await _front.Status(cancellation);
        var route = status?.Route ?? LocalFront.Memory(_options.State)?.Route ?? FrontRoute.Nowhere;
        var serving = status?.Routed is { Phase: InstancePhase.Listening } && ReleaseId.TryParse(route.Release, out var id)
            ? await _releases.Find(id, cancellation)
            : null;
        return new Observation(
            serving,
            serving is null ? null : route.Since,
            serving is null ? null : _front.Running()?.Address,
            [.. Drift.Of(status, route, serving, status is null ? _front.Leftovers().Count : 0)]);
    }

    public async Task<IReadOnlyList<IRolloutStep>> Steps(Release wanted, Direction direction, CancellationToken cancellation)
    {
        var context = new StepContext(_options, wanted, _front, _releases, _probe, _backups);
        var servingNow = (await _front.Status(cancellation))?.Route.Release;
        IReadOnlyList<IRolloutStep> schema = direction is Direction.Forward ? [new BackUpStep(context), new MigrateStep(context), new ProbeKeyStep(context)] : [];
        IReadOnlyList<IRolloutStep> steps =
        [
            new UnpackStep(context),
            .. schema,
            new FrontStep(context),
            new StartStep(context),
            new ProbeStep(context),
            new TakeOverStep(context, servingNow),
            new EnvironmentStep(context),
            new DrainStep(context),
            new TagStep(context),
            new PruneStep(context),
        ];
        return [.. steps.Select(step => new OnFullDisk(step, _options.State))];
    }

    public Task<IReadOnlyList<IRolloutStep>> Withdraw(CancellationToken cancellation)
    {
        IReadOnlyList<IRolloutStep> steps = [new RouteAwayStep(_options, _front), new EndStep(_options, _front), new UntagStep(_options)];
        return Task.FromResult(steps);
    }

    public void Dispose() => _probe.Dispose();
}
