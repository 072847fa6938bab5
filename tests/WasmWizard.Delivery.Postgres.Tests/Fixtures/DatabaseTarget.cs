using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Postgres.Rollouts;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;
using WasmWizard.Delivery.Testing;

namespace WasmWizard.Delivery.Postgres.Tests.Fixtures;

/// <summary>A target whose database is real and whose route is a field: enough for the state machine to deploy to.</summary>
internal sealed class DatabaseTarget(Servers.PostgresAddress address, PostgresBackups backups, IReleaseRunner runner, Release serving) : IRolloutTarget, IReleaseStore
{
    private readonly InMemoryLedgerStore _ledger = new();

    public Release Serving { get; private set; } = serving;

    public List<RolloutEvent> Events { get; } = [];

    public Task<RolloutOutcome> Deploy(Release wanted, CancellationToken cancellation = default) => new RolloutRunner(
        new RolloutPorts(this, _ledger, new InMemoryLockStore(TimeProvider.System), this, TimeProvider.System),
        new RolloutOptions { Environment = EnvironmentName.Staging, Branch = "development", Holder = "test" },
        new Listener(Events)).Deploy(wanted, null, cancellation);

    public Task<IReadOnlyList<Fault>> Preflight(Release wanted, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Fault>>([]);

    public Task Fence(FencingToken token, CancellationToken cancellation) => Task.CompletedTask;

    public Task<Observation> Observe(CancellationToken cancellation) => Task.FromResult(new Observation(Serving, null, null, []));

    public async Task<IReadOnlyList<IRolloutStep>> Steps(Release wanted, Direction direction, CancellationToken cancellation)
    {
        var route = new Route(this, wanted);
        if (direction is Direction.Back)
            return [route];
        var database = await DatabaseRollout.Open(_ => Task.FromResult<Servers.PostgresAddress?>(address), _ => backups, runner, wanted, Serving, cancellation);
        return [.. database.Steps(), route];
    }

    public Task<IReadOnlyList<IRolloutStep>> Withdraw(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<IRolloutStep>>([]);

    public Task<Release?> Find(ReleaseId id, CancellationToken cancellation) => Task.FromResult(Serving.Id == id ? Serving : null);

    public Task<IReadOnlyList<Release>> All(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Release>>([Serving]);

    private sealed class Route(DatabaseTarget target, Release wanted) : IRolloutStep
    {
        public string Id => "take-over";

        public StepKind Kind => StepKind.TakeOver;

        public string Subject => "route";

        public string Change => $"to {wanted.Id}";

        public Task<StepState> Observe(CancellationToken cancellation) => Task.FromResult(new StepState(target.Serving.Id == wanted.Id, $"requests go to {target.Serving.Id}"));

        public Task Act(FencingToken token, CancellationToken cancellation)
        {
            target.Serving = wanted;
            return Task.CompletedTask;
        }
    }

    private sealed class Listener(List<RolloutEvent> events) : IProgress<RolloutEvent>
    {
        public void Report(RolloutEvent value) => events.Add(value);
    }
}
