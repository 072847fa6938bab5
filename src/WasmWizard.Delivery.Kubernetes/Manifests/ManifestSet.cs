using System.Text.Json.Nodes;
using k8s;

namespace WasmWizard.Delivery.Kubernetes.Manifests;

/// <summary>Every object that makes an environment, as JSON, in the order in which they are applied.</summary>
public sealed record ManifestSet
{
    private ManifestSet()
    {
    }

    /// <summary>The namespace; everything else is in it.</summary>
    public required JsonObject Namespace { get; init; }

    /// <summary>What may change before pods do: account, policies, addresses, what scales and guards, monitoring.</summary>
    public required IReadOnlyList<JsonObject> Surroundings { get; init; }

    /// <summary>The release's variables; never changed, only superseded by another object.</summary>
    public required JsonObject Config { get; init; }

    /// <summary>The Deployment that serves.</summary>
    public required JsonObject Stable { get; init; }

    /// <summary>The Deployment that tries; here with one pod.</summary>
    public required JsonObject Canary { get; init; }

    public IEnumerable<JsonObject> All => [Namespace, .. Surroundings, Config, Stable, Canary];

    public static ManifestSet Of(ClusterSettings settings, ReleaseParts parts) => new()
    {
        Namespace = Json(Accounts.Namespace(settings)),
        Surroundings =
        [
            .. Core(settings).Select(Json),
            .. settings.Metrics is { } metrics ? Monitoring.All(settings, metrics) : [],
        ],
        Config = Json(ServiceConfig.Map(settings, parts)),
        Stable = Json(Workload.Stable(settings, parts)),
        Canary = Json(Workload.Canary(settings, parts, 1)),
    };

    /// <summary>The namespace alone, which must be there before anything else can be.</summary>
    public static JsonObject Place(ClusterSettings settings) => Json(Accounts.Namespace(settings));

    internal static IEnumerable<IKubernetesObject> Core(ClusterSettings settings) => new IKubernetesObject?[]
    {
        Accounts.ServiceAccount(settings),
        Networking.DenyAll(settings),
        Networking.Serving(settings),
        Networking.SecurityHeaders(settings),
        Networking.Service(settings),
        Networking.Instances(settings),
        Networking.Ingress(settings),
        Workload.Budget(settings),
        Workload.Autoscaler(settings),
    }.OfType<IKubernetesObject>();

    internal static JsonObject Json(IKubernetesObject typed) => JsonNode.Parse(KubernetesJson.Serialize((object)typed))!.AsObject();
}
