using WasmWizard.Delivery.Backups;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Testing;

/// <summary>A target over an <see cref="InMemoryWorld"/>, with every kind of step; every change is an effect of its process.</summary>
public sealed class InMemoryTarget(InMemoryWorld world, SimulatedProcess process) : IRolloutTarget, IReleaseStore
{
    public static readonly Uri Address = new("http://127.0.0.1:8095/");

    public Task<IReadOnlyList<Fault>> Preflight(Release wanted, CancellationToken cancellation) =>
        Read<IReadOnlyList<Fault>>(() => [.. world.Faults], cancellation);

    public Task Fence(FencingToken token, CancellationToken cancellation) => Change(token, "fence", () => { }, cancellation);

    public Task<Observation> Observe(CancellationToken cancellation) => Read(
        () => new Observation(world.Serving, world.RoutedSince, world.Serving is null ? null : Address, [.. world.Drift]), cancellation);

    public Task<Release?> Find(ReleaseId id, CancellationToken cancellation) =>
        Read(() => world.Stored.Find(release => release.Id == id), cancellation);

    public Task<IReadOnlyList<Release>> All(CancellationToken cancellation) =>
        Read<IReadOnlyList<Release>>(() => [.. world.Stored.AsEnumerable().Reverse()], cancellation);

    public Task<IReadOnlyList<IRolloutStep>> Steps(Release wanted, Direction direction, CancellationToken cancellation)
    {
        IReadOnlyList<IRolloutStep> forward =
            [Prepare(wanted), BackUp(wanted), Migrate(wanted), Start(wanted), TakeOver(wanted), Probe(wanted), Drain(wanted), MoveTag(wanted), Prune(wanted)];
        IReadOnlyList<IRolloutStep> back =
            [Prepare(wanted), Start(wanted), TakeOver(wanted), Probe(wanted), Drain(wanted), MoveTag(wanted)];
        return Read(() => direction == Direction.Forward ? forward : back, cancellation);
    }

    public Task<IReadOnlyList<IRolloutStep>> Withdraw(CancellationToken cancellation) => Read<IReadOnlyList<IRolloutStep>>(() =>
    [
        Step("take-over", StepKind.TakeOver, "route", "to nothing", () => world.Route is null, () => world.RouteTo(null)),
        Step("drain", StepKind.Drain, "instances", "end all", () => world.Instances.Count == 0, Stop(() => world.Instances.Keys)),
    ], cancellation);

    private InMemoryStep Prepare(Release wanted) => Step(
        "prepare", StepKind.Prepare, $"release {wanted.Id}", "store", () => world.Stored.Contains(wanted), () => world.Stored.Add(wanted));

    private InMemoryStep BackUp(Release wanted) => Step(
        "back-up", StepKind.BackUp, "database", "back up, restore, compare",
        () => world.Schema.Count == 0 || !Pending(wanted).Any() || Proof() is not null,
        () =>
        {
            var receipt = world.TakeBackup();
            if (BackupVerifier.Verify(world.Database, receipt.Content, receipt) is BackupVerdict.Verified)
            {
                world.Backups.Add(receipt);
            }
        });

    private InMemoryStep Migrate(Release wanted) => Step(
        "migrate", StepKind.Migrate, "database", $"apply {string.Join(", ", wanted.Migrations)}", () => !Pending(wanted).Any(),
        async (token, cancellation) =>
        {
            if (world.Schema.Count > 0 && Proof() is null)
            {
                throw new StepFailedException("No verified backup of this schema is there; required: one.");
            }

            foreach (var migration in Pending(wanted).ToList())
            {
                await Change(token, $"migrate {migration}", () => world.Migrate(migration), cancellation);
                if (!world.Schema.Contains(migration))
                {
                    throw new StepFailedException($"Migration {migration} is not applied; required before the next one.");
                }
            }
        });

    private InMemoryStep Start(Release wanted) => Step(
        "start", StepKind.Start, $"instance {wanted.Id}", "start and probe", () => world.Instances.ContainsKey(wanted.Id),
        () =>
        {
            if (world.FailsToStart.Contains(wanted.Id))
            {
                throw new StepFailedException($"instance {wanted.Id} ended with exit code 1; required: ready.");
            }

            world.Instances[wanted.Id] = wanted;
        });

    private InMemoryStep TakeOver(Release wanted) => Step(
        "take-over", StepKind.TakeOver, "route", $"to {wanted.Id}", () => world.Route == wanted.Id, () => world.RouteTo(wanted.Id));

    private InMemoryStep Probe(Release wanted) => Step(
        "environment", StepKind.Environment, Address.ToString(), "answers with the release, modules execute",
        () => world.Serving?.Id == wanted.Id && !world.FailsInEnvironment.Contains(wanted.Id),
        (_, cancellation) => Read(() => true, cancellation));

    private InMemoryStep Drain(Release wanted) => Step(
        "drain", StepKind.Drain, "other instances", "end", () => world.Instances.Keys.All(id => id == wanted.Id),
        Stop(() => world.Instances.Keys.Where(id => id != wanted.Id)));

    private InMemoryStep MoveTag(Release wanted) => Step(
        "tag", StepKind.Tag, "research", $"point to {wanted.Id}", () => world.Tag == wanted.Id, () => world.Tag = wanted.Id);

    private InMemoryStep Prune(Release wanted) => Step(
        "prune", StepKind.Prune, "releases", $"keep {world.KeptReleases}", () => !Surplus(wanted).Any(),
        async (token, cancellation) =>
        {
            foreach (var release in Surplus(wanted).ToList())
            {
                await Change(token, $"prune {release.Id}", () => world.Stored.Remove(release), cancellation);
            }
        });

    private IEnumerable<string> Pending(Release wanted) => wanted.Migrations.Except(world.Schema);

    private IEnumerable<Release> Surplus(Release wanted) => world.Stored
        .Where(release => release.Id != wanted.Id && release.Id != world.Route)
        .Take(Math.Max(0, world.Stored.Count - world.KeptReleases));

    private VerifiedBackup? Proof() => world.Backups
        .Where(receipt => receipt.Content.SchemaHash == world.Database.SchemaHash)
        .Select(receipt => BackupVerifier.VerifyAgain(receipt, receipt.Archive, receipt.Bytes))
        .OfType<BackupVerdict.Verified>()
        .FirstOrDefault()?.Backup;

    private Func<FencingToken, CancellationToken, Task> Stop(Func<IEnumerable<ReleaseId>> which) => async (token, cancellation) =>
    {
        foreach (var id in which().ToList())
        {
            await Change(token, $"stop {id}", () => world.Instances.Remove(id), cancellation);
        }
    };

    private InMemoryStep Step(string id, StepKind kind, string subject, string change, Func<bool> holds, Action act) =>
        Step(id, kind, subject, change, holds, (token, cancellation) => Change(token, id, act, cancellation));

    private InMemoryStep Step(
        string id, StepKind kind, string subject, string change, Func<bool> holds, Func<FencingToken, CancellationToken, Task> act) =>
        new(id, kind, subject, change, cancellation => Read(() => new StepState(holds(), holds() ? "as wanted" : "not as wanted"), cancellation), act);

    private Task<T> Read<T>(Func<T> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return process.Read(read);
    }

    private Task<bool> Change(FencingToken token, string what, Action change, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return process.Effect(what, () => world.Change(token, what, change));
    }
}
