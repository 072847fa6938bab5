using WasmWizard.Delivery.Containers.Registries;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Kubernetes;
using WasmWizard.Delivery.Kubernetes.Api;
using WasmWizard.Delivery.Kubernetes.Images;
using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Kubernetes.State;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;

/// <summary>The branch's environment as a namespace of a cluster.</summary>
public sealed class ClusterEnvironment : DeployedEnvironment
{
    private readonly ClusterApi _api;
    private readonly KubernetesTarget _target;
    private readonly HttpClient _registry;
    private readonly ClusterSettings _settings;
    private readonly string _repository;
    private readonly ClusterDatabase? _database;

    /// <param name="build">Branch and parameters; the context is there and can be used.</param>
    public ClusterEnvironment(IOperate build)
        : base(build.Workspace)
    {
        var time = Workspace.Time;
        _settings = SettingsOf(build);
        _repository = RepositoryOf(build);
        _database = ClusterDatabase.Of(build);
        _registry = Registry.NewClient(RegistryAccess.Credentials);
        _api = new(new(ClusterAddress.Of(build).Configuration!), (wait, cancellation) => Task.Delay(wait, time, cancellation));
        _target = new(
            new()
            {
                Settings = _settings,
                Repository = _repository,
                Images = build.Registry is null ? null : new RegistryImages(_registry, _repository),
                Backups = _database,
                SecretValues = SecretsOf(build),
            },
            _api,
            time);
        Entries = new ClusterLedgerStore(_api, _settings.Namespace);
        Locks = new ClusterLockStore(_api, ManifestSet.Place(_settings));
        Runner = RunnerOf(build, new(_target, Entries, Locks, new ClusterReleaseStore(_api, _settings.Namespace), time));
    }

    public override IRolloutTarget Target => _target;

    public override ILockStore Locks { get; }

    public override RolloutRunner Runner { get; }

    protected override ILedgerStore Entries { get; }

    /// <summary>What is missing to reach the cluster and to deploy to it, before anything is asked of it.</summary>
    public static IReadOnlyList<Fault> Faults(IOperate build, bool deploys)
    {
        IEnumerable<Fault?> faults =
        [
            ClusterAddress.Of(build).Fault,
            ClusterDatabase.Faults(build),
            deploys && build.Registry is null
                ? new("WW2154", "no registry is named", "--registry: where the image is pushed to and the nodes pull from, e.g. 127.0.0.1:5000", "the same command with --registry HOST[:PORT]")
                : null,
            .. new[] { build.DatabaseUrlFile, build.RedisUrlFile }.Where(file => file is not null && !File.Exists(file))
                .Select(file => new Fault("WW2155", $"there is no file {file}", "a file with the address and nothing else", "write it, readable by its owner alone")),
        ];
        return [.. faults.OfType<Fault>()];
    }

    public override Task<Fault?> Silence(CancellationToken cancellation) => _target.Silence(cancellation);

    public override Task<IReadOnlyList<Fault>> PreflightPlace(CancellationToken cancellation) => _target.PreflightPlace(cancellation);

    public override Release ReleaseOf(AppImage image) =>
        KubernetesRelease.Of(image.Release() with { Digest = ImageAtHand.Open(image).Digest }, _settings);

    /// <summary>To the registry, under its digest; no alias is moved before the release serves.</summary>
    public override Task Publish(AppImage image, CancellationToken cancellation) =>
        new Registry(_registry).PushAsync(ImageAtHand.Open(image), ImageReference.Of(_repository), [], cancellation);

    /// <summary>What another environment of the same cluster has proven.</summary>
    public Task<(Release? Release, Fault? Fault)> Proven(DeploymentEnvironment from, CancellationToken cancellation) =>
        new ProvenRelease(_api, _settings with { Environment = from }, _settings).Find(cancellation);

    public override IAsyncEnumerable<string> Logs(int lines, bool follow, CancellationToken cancellation) => Looked(() => _target.Logs(lines, cancellation), follow, cancellation);

    /// <summary>Null unless its address was given with this run: the secret that the cluster keeps is not read back.</summary>
    public override Task<DatabaseAccess?> Database(CancellationToken cancellation) =>
        Task.FromResult(_database is null ? null : new DatabaseAccess(_database.Backups, _database.Options));

    public override void Dispose()
    {
        _registry.Dispose();
        _api.Dispose();
    }

    private static ClusterSettings SettingsOf(IOperate build) => new()
    {
        Environment = build.Workspace.Policy.Environment,
        Metrics = ServiceContract.Metrics(build.Workspace.Root),
        PullSecrets = build.PullSecret is { } secret ? [secret] : [],
    };

    private static string RepositoryOf(IOperate build) => $"{build.Registry ?? ManifestFiles.UnknownRegistry}/{build.ImageRepository ?? AppImage.Name}";

    private static Dictionary<string, string> SecretsOf(ICluster build) =>
        new (string Name, string? File)[] { ("DATABASE_URL", build.DatabaseUrlFile), ("REDIS_URL", build.RedisUrlFile) }
            .Where(secret => secret.File is not null)
            .ToDictionary(secret => secret.Name, secret => File.ReadAllText(secret.File!).Trim(), StringComparer.Ordinal);
}
