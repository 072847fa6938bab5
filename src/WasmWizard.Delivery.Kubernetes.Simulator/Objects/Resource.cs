namespace WasmWizard.Delivery.Kubernetes.Simulator.Objects;

/// <summary>A kind of object that the simulated API serves.</summary>
public sealed record Resource(string Group, string Version, string Kind, string Plural, string Alias = "", bool IsNamespaced = true, bool HasStatus = false, bool HasScale = false)
{
    public static readonly IReadOnlyList<Resource> BuiltIn =
    [
        new("", "v1", "Namespace", "namespaces", "ns", IsNamespaced: false, HasStatus: true),
        new("", "v1", "Node", "nodes", "no", IsNamespaced: false, HasStatus: true),
        new("", "v1", "Pod", "pods", "po", HasStatus: true),
        new("", "v1", "Service", "services", "svc", HasStatus: true),
        new("", "v1", "ConfigMap", "configmaps", "cm"),
        new("", "v1", "Secret", "secrets"),
        new("", "v1", "ServiceAccount", "serviceaccounts", "sa"),
        new("", "v1", "Event", "events", "ev"),
        new("", "v1", "ResourceQuota", "resourcequotas", "quota", HasStatus: true),
        new("apps", "v1", "Deployment", "deployments", "deploy", HasStatus: true, HasScale: true),
        new("apps", "v1", "ReplicaSet", "replicasets", "rs", HasStatus: true, HasScale: true),
        new("apps", "v1", "StatefulSet", "statefulsets", "sts", HasStatus: true, HasScale: true),
        new("batch", "v1", "Job", "jobs", HasStatus: true),
        new("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", "hpa", HasStatus: true),
        new("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", "pdb", HasStatus: true),
        new("networking.k8s.io", "v1", "Ingress", "ingresses", "ing", HasStatus: true),
        new("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", "netpol"),
        new("coordination.k8s.io", "v1", "Lease", "leases"),
    ];

    /// <summary>Kinds that operators bring; a cluster has them only when it is told so.</summary>
    public static readonly IReadOnlyList<Resource> OfOperators =
    [
        new("monitoring.coreos.com", "v1", "ServiceMonitor", "servicemonitors"),
        new("monitoring.coreos.com", "v1", "PrometheusRule", "prometheusrules"),
        new("postgresql.cnpg.io", "v1", "Cluster", "clusters"),
        new("postgresql.cnpg.io", "v1", "ScheduledBackup", "scheduledbackups"),
    ];

    public string ApiVersion { get; } = Group.Length == 0 ? Version : $"{Group}/{Version}";

    public string QualifiedName { get; } = Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>A counter of its wishes: grows with every change of what is not status or metadata.</summary>
    public bool CountsGenerations => Kind is "Deployment" or "ReplicaSet" or "StatefulSet" or "Job" or "HorizontalPodAutoscaler" or "PodDisruptionBudget" or "Ingress" or "NetworkPolicy";
}
