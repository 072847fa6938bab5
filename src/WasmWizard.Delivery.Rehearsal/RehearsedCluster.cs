using System.Text.Json.Nodes;
using k8s;
using WasmWizard.Delivery.Kubernetes;
using WasmWizard.Delivery.Kubernetes.Api;
using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Kubernetes.Simulator;
using WasmWizard.Delivery.Kubernetes.Simulator.Nodes;
using WasmWizard.Delivery.Kubernetes.State;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;

namespace WasmWizard.Delivery.Rehearsal;

/// <summary>A simulated cluster that one release serves from already, and the real pipeline in front of its API.</summary>
public sealed class RehearsedCluster : IAsyncDisposable
{
    private const string Repository = "registry.example/wasm-wizard";

    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<ClusterApi> _clients = [];
    private readonly ClusterSettings _settings;

    private RehearsedCluster(ClusterSettings settings, SimulatedCluster cluster, SimulatedApiServer server) =>
        (_settings, Cluster, Server) = (settings, cluster, server);

    public SimulatedCluster Cluster { get; }

    public SimulatedApiServer Server { get; }

    public string Space => _settings.Namespace;

    public static async Task<RehearsedCluster> Open(ClusterSettings settings)
    {
        var cluster = new SimulatedCluster(Start);
        cluster.Put("Namespace", new JsonObject { ["metadata"] = new JsonObject { ["name"] = settings.Namespace }, ["status"] = new JsonObject { ["phase"] = "Active" } });
        cluster.Put("Secret", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = Names.Certificate, ["namespace"] = settings.Namespace },
            ["type"] = "kubernetes.io/tls",
            ["data"] = new JsonObject { ["tls.crt"] = "cmVoZWFyc2Fs", ["tls.key"] = "cmVoZWFyc2Fs" },
        });
        return new(settings, cluster, await SimulatedApiServer.Start(cluster));
    }

    /// <summary>Says how the pods of a release behave.</summary>
    public void Behave(Release release, SimulatedImage behaviour) => Cluster.Image($"{Repository}@{release.Digest}", behaviour);

    /// <summary>One run of the pipeline.</summary>
    /// <param name="holder">Who runs it.</param>
    /// <param name="progress">Hears what it does.</param>
    /// <param name="handlers">Between it and the API.</param>
    public RolloutRunner Pipeline(string holder, IProgress<RolloutEvent> progress, params DelegatingHandler[] handlers)
    {
        var time = new OrderlyTime(Cluster);
        var api = new ClusterApi(new k8s.Kubernetes(new KubernetesClientConfiguration { Host = Server.Address.ToString() }, handlers), time.Wait);
        _clients.Add(api);
        var target = new KubernetesTarget(
            new()
            {
                Settings = _settings,
                Repository = Repository,
                SecretValues = new Dictionary<string, string> { ["DATABASE_URL"] = "postgres://rehearsal@database/rehearsal", ["REDIS_URL"] = "redis://redis:6379" },
            },
            api,
            Cluster.Clock);
        return new(
            new(target, new ClusterLedgerStore(api, Space), time.Of(new ClusterLockStore(api, ManifestSet.Place(_settings))), new ClusterReleaseStore(api, Space), Cluster.Clock),
            new() { Environment = _settings.Environment.Name, Branch = _settings.Environment.Branch, Holder = holder },
            progress);
    }

    /// <summary>Ready pods of a release.</summary>
    public int Serving(Release release) => Cluster.ReadyPods((Marks.Release, release.Id.ToString()), (Marks.Component, Marks.Service));

    public int Serving() => Cluster.ReadyPods((Marks.Component, Marks.Service));

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await Server.DisposeAsync();
    }
}
