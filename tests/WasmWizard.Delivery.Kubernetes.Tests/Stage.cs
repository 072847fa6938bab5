using System.Text;
using System.Text.Json.Nodes;
using k8s;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Kubernetes.Api;
using WasmWizard.Delivery.Kubernetes.Images;
using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Kubernetes.Simulator;
using WasmWizard.Delivery.Kubernetes.Simulator.Nodes;
using WasmWizard.Delivery.Kubernetes.State;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Rehearsal;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;

namespace WasmWizard.Delivery.Kubernetes.Tests;

/// <summary>A simulated cluster behind its API, and pipelines that deploy production to it.</summary>
internal sealed class Stage : IAsyncDisposable
{
    public const string Repository = "registry.example:5000/wasm-wizard";
    public const string Space = "wasm-wizard-production";

    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly List<IDisposable> _clients = [];

    private Stage(SimulatedCluster cluster, SimulatedApiServer server) => (Cluster, Server) = (cluster, server);

    public static DeploymentEnvironment Production { get; } = Strategy.Default.Of(EnvironmentName.Production);

    public static ClusterSettings Settings { get; } = new() { Environment = Production, Metrics = Contract.Metrics };

    public SimulatedCluster Cluster { get; }

    public SimulatedApiServer Server { get; }

    /// <summary>A cluster with the certificate that a person must bring.</summary>
    public static async Task<Stage> Open(int nodes = 3, bool knowsOperators = true, bool hasCertificate = true)
    {
        var cluster = new SimulatedCluster(Start, nodes, knowsOperators);
        foreach (var space in hasCertificate ? new[] { Space, "wasm-wizard-staging" } : [])
        {
            cluster.Put("Namespace", new JsonObject { ["metadata"] = new JsonObject { ["name"] = space }, ["status"] = new JsonObject { ["phase"] = "Active" } });
            cluster.Put("Secret", new JsonObject
            {
                ["metadata"] = new JsonObject { ["name"] = "wasm-wizard-tls", ["namespace"] = space },
                ["type"] = "kubernetes.io/tls",
                ["data"] = new JsonObject { ["tls.crt"] = "eA==", ["tls.key"] = "eA==" },
            });
        }

        return new Stage(cluster, await SimulatedApiServer.Start(cluster));
    }

    public static Release Release(int number, int migrations = 1, IReadOnlyDictionary<string, string>? variables = null) => KubernetesRelease.Of(
        new Release
        {
            Version = $"1.{number}.0",
            Commit = number.ToString("x40", System.Globalization.CultureInfo.InvariantCulture),
            Tree = (number + 1000).ToString("x40", System.Globalization.CultureInfo.InvariantCulture),
            Digest = Digest.Of(Encoding.UTF8.GetBytes($"image {number}")),
            Config = ConfigHash.Of(variables ?? Production.Variables),
            Variables = variables ?? Production.Variables,
            Migrations = [.. Enumerable.Range(1, migrations).Select(step => $"{step:d4}_step")],
        },
        Settings);

    /// <summary>Says how the pods of a release behave.</summary>
    public void Behave(Release release, SimulatedImage behaviour) => Cluster.Image($"{Repository}@{release.Digest}", behaviour);

    public ClusterApi Api() => Api(Cluster.Wait);

    private ClusterApi Api(Func<TimeSpan, CancellationToken, Task> wait, params DelegatingHandler[] handlers)
    {
        var configuration = new KubernetesClientConfiguration { Host = Server.Address.ToString(), AccessToken = Server.Token ?? "anybody" };
        var api = new ClusterApi(new k8s.Kubernetes(configuration, handlers), wait);
        _clients.Add(api);
        return api;
    }

    public Pipeline Pipeline(
        string holder = "ada@host 1", IReadOnlyDictionary<string, string>? secrets = null, IReleaseImages? images = null, IClusterBackups? backups = null, DeploymentEnvironment? environment = null, params DelegatingHandler[] handlers)
    {
        var time = new OrderlyTime(Cluster);
        var api = Api(time.Wait, handlers);
        var settings = Settings with { Environment = environment ?? Production };
        var options = new KubernetesTargetOptions
        {
            Settings = settings,
            Repository = Repository,
            SecretValues = secrets ?? new Dictionary<string, string> { ["DATABASE_URL"] = "postgres://u:first@db/w", ["REDIS_URL"] = "redis://r:6379" },
            Images = images,
            Backups = backups,
        };
        var target = new KubernetesTarget(options, api, Cluster.Clock);
        var ledger = new ClusterLedgerStore(api, settings.Namespace);
        var locks = time.Of(new ClusterLockStore(api, ManifestSet.Place(settings)));
        var events = new List<RolloutEvent>();
        var runner = new RolloutRunner(
            new(target, ledger, locks, new ClusterReleaseStore(api, settings.Namespace), Cluster.Clock),
            new RolloutOptions { Environment = settings.Environment.Name, Branch = settings.Environment.Branch, Holder = holder },
            new Listener(events));
        return new Pipeline(runner, target, ledger, locks, events);
    }

    public async Task<LedgerChain> Chain() =>
        Assert.IsType<LedgerReading.Whole>(LedgerChain.Read(await new ClusterLedgerStore(Api(), Space).Read(default))).Chain;

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await Server.DisposeAsync();
    }

    private sealed class Listener(List<RolloutEvent> events) : IProgress<RolloutEvent>
    {
        public void Report(RolloutEvent value) => events.Add(value);
    }
}

/// <summary>One run of the pipeline, with what it told.</summary>
internal sealed record Pipeline(RolloutRunner Runner, KubernetesTarget Target, ClusterLedgerStore Ledger, ILockStore Locks, List<RolloutEvent> Events)
{
    public Task<RolloutOutcome> Deploy(Release release, string? plan = null) => Runner.Deploy(release, plan, default);
}
