using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.Kubernetes.Api;

/// <summary>A kind of object and where the API serves it.</summary>
/// <param name="Group">Empty for the core.</param>
/// <param name="Plural">As in the path.</param>
public sealed record ApiKind(string Group, string Version, string Kind, string Plural, bool IsNamespaced = true)
{
    public static readonly ApiKind Namespace = new("", "v1", "Namespace", "namespaces", IsNamespaced: false);
    public static readonly ApiKind ConfigMap = new("", "v1", "ConfigMap", "configmaps");
    public static readonly ApiKind Secret = new("", "v1", "Secret", "secrets");
    public static readonly ApiKind ServiceAccount = new("", "v1", "ServiceAccount", "serviceaccounts");
    public static readonly ApiKind Service = new("", "v1", "Service", "services");
    public static readonly ApiKind Pod = new("", "v1", "Pod", "pods");
    public static readonly ApiKind Event = new("", "v1", "Event", "events");
    public static readonly ApiKind Deployment = new("apps", "v1", "Deployment", "deployments");
    public static readonly ApiKind ReplicaSet = new("apps", "v1", "ReplicaSet", "replicasets");
    public static readonly ApiKind StatefulSet = new("apps", "v1", "StatefulSet", "statefulsets");
    public static readonly ApiKind Job = new("batch", "v1", "Job", "jobs");
    public static readonly ApiKind Autoscaler = new("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers");
    public static readonly ApiKind Budget = new("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets");
    public static readonly ApiKind Ingress = new("networking.k8s.io", "v1", "Ingress", "ingresses");
    public static readonly ApiKind NetworkPolicy = new("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies");
    public static readonly ApiKind Lease = new("coordination.k8s.io", "v1", "Lease", "leases");
    public static readonly ApiKind PostgresCluster = new("postgresql.cnpg.io", "v1", "Cluster", "clusters");
    public static readonly ApiKind PostgresSchedule = new("postgresql.cnpg.io", "v1", "ScheduledBackup", "scheduledbackups");
    public static readonly ApiKind ServiceMonitor = new("monitoring.coreos.com", "v1", "ServiceMonitor", "servicemonitors");
    public static readonly ApiKind PrometheusRule = new("monitoring.coreos.com", "v1", "PrometheusRule", "prometheusrules");

    /// <summary>Kinds that our manifests are made of, in the order in which they may be removed again.</summary>
    public static readonly IReadOnlyList<ApiKind> Ours =
    [
        Ingress, Autoscaler, Budget, ServiceMonitor, PrometheusRule, Deployment, StatefulSet, Job, Service, NetworkPolicy, ConfigMap, ServiceAccount,
        PostgresSchedule, PostgresCluster, Secret, Lease, Namespace,
    ];

    /// <summary>Kinds of our objects that a rollout changes; configuration, secrets and entries of the ledger never change.</summary>
    public static readonly IReadOnlyList<ApiKind> Changing = [Ingress, Autoscaler, Budget, Deployment, Service, NetworkPolicy, ConfigMap, ServiceAccount];

    /// <summary>Kinds of the Prometheus operator.</summary>
    public static readonly IReadOnlyList<ApiKind> Monitoring = [ServiceMonitor, PrometheusRule];

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    public static ApiKind Of(JsonObject manifest)
    {
        var (version, kind) = (manifest["apiVersion"]!.GetValue<string>(), manifest["kind"]!.GetValue<string>());
        return Ours.FirstOrDefault(known => known.Kind == kind && known.ApiVersion == version)
            ?? throw new ArgumentException($"{version} {kind} is none of the kinds that are applied.", nameof(manifest));
    }

    /// <summary>The path of the collection, without a slash in front.</summary>
    public string Path(string? space) =>
        $"{(Group.Length == 0 ? $"api/{Version}" : $"apis/{Group}/{Version}")}{(IsNamespaced && space is not null ? $"/namespaces/{space}" : "")}/{Plural}";
}

/// <summary>One object's address.</summary>
public sealed record ObjectName(ApiKind Kind, string? Namespace, string Name)
{
    public static ObjectName Of(JsonObject manifest)
    {
        var kind = ApiKind.Of(manifest);
        return new(kind, kind.IsNamespaced ? manifest["metadata"]!["namespace"]!.GetValue<string>() : null, manifest["metadata"]!["name"]!.GetValue<string>());
    }

    public string Path => $"{Kind.Path(Namespace)}/{Name}";

    public override string ToString() => $"{Kind.Kind.ToLowerInvariant()}/{Name}";
}
