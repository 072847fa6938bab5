using k8s.Models;

namespace WasmWizard.Delivery.Kubernetes.Manifests;

/// <summary>What runs the service, and how many of it.</summary>
internal static class Workload
{
    /// <summary>Never fewer than wanted, at most one more; how many is for the autoscaler to say where there is one.</summary>
    public static V1Deployment Stable(ClusterSettings settings, ReleaseParts parts) => new()
    {
        ApiVersion = "apps/v1",
        Kind = "Deployment",
        Metadata = Labels.Meta(settings, Names.Product, Marks.Service),
        Spec = new()
        {
            Replicas = settings.Environment.Scaling.IsAutomatic ? null : settings.Environment.Scaling.Least,
            RevisionHistoryLimit = settings.Environment.KeptReleases,
            ProgressDeadlineSeconds = 120,
            MinReadySeconds = 2,
            Strategy = new() { Type = "RollingUpdate", RollingUpdate = new() { MaxSurge = 1, MaxUnavailable = 0 } },
            Selector = new() { MatchLabels = Labels.Track(Labels.Stable) },
            Template = ServicePod.Template(settings, parts, Labels.Stable),
        },
    };

    /// <summary>One pod of the new release among the stable ones; none while nothing is tried.</summary>
    public static V1Deployment Canary(ClusterSettings settings, ReleaseParts parts, int replicas) => new()
    {
        ApiVersion = "apps/v1",
        Kind = "Deployment",
        Metadata = Labels.Meta(settings, Names.Canary, Marks.Service),
        Spec = new()
        {
            Replicas = replicas,
            RevisionHistoryLimit = 0,
            ProgressDeadlineSeconds = 120,
            Strategy = new() { Type = "RollingUpdate", RollingUpdate = new() { MaxSurge = 1, MaxUnavailable = 0 } },
            Selector = new() { MatchLabels = Labels.Track(Labels.Canary) },
            Template = ServicePod.Template(settings, parts, Labels.Canary),
        },
    };

    public static V2HorizontalPodAutoscaler? Autoscaler(ClusterSettings settings) => !settings.Environment.Scaling.IsAutomatic ? null : new()
    {
        ApiVersion = "autoscaling/v2",
        Kind = "HorizontalPodAutoscaler",
        Metadata = Labels.Meta(settings, Names.Product, Marks.Service),
        Spec = new()
        {
            ScaleTargetRef = new() { ApiVersion = "apps/v1", Kind = "Deployment", Name = Names.Product },
            MinReplicas = settings.Environment.Scaling.Least,
            MaxReplicas = settings.Environment.Scaling.Most,
            Metrics = [Utilization("cpu", 70), Utilization("memory", 80)],
            Behavior = new()
            {
                // Up at once, down slowly: a burst that comes back finds its pods still there.
                ScaleUp = new() { StabilizationWindowSeconds = 0, SelectPolicy = "Max", Policies = [new() { Type = "Pods", Value = 2, PeriodSeconds = 30 }] },
                ScaleDown = new() { StabilizationWindowSeconds = 300, SelectPolicy = "Max", Policies = [new() { Type = "Pods", Value = 1, PeriodSeconds = 60 }] },
            },
        },
    };

    /// <summary>A drain of a node takes one pod at a time; a single pod may be taken, or nodes could never be drained.</summary>
    public static V1PodDisruptionBudget Budget(ClusterSettings settings) => new()
    {
        ApiVersion = "policy/v1",
        Kind = "PodDisruptionBudget",
        Metadata = Labels.Meta(settings, Names.Product, Marks.Service),
        Spec = new() { MaxUnavailable = 1, UnhealthyPodEvictionPolicy = "AlwaysAllow", Selector = new() { MatchLabels = Labels.Serving } },
    };

    private static V2MetricSpec Utilization(string resource, int percent) => new()
    {
        Type = "Resource",
        Resource = new() { Name = resource, Target = new() { Type = "Utilization", AverageUtilization = percent } },
    };
}
