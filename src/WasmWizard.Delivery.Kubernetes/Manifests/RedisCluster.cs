using k8s.Models;

namespace WasmWizard.Delivery.Kubernetes.Manifests;

/// <summary>
/// Redis as a cluster of six: three that hold a third of the keys each, and a copy of each. A pod that comes back finds its own
/// description of the cluster on its disk; the first forming is a Job that does nothing where a cluster is formed.
/// </summary>
internal static class RedisCluster
{
    private const string Image = "docker.io/library/redis:7.4";
    private const int Nodes = 6;
    private const int Port = 6379;
    private const int BusPort = 16379;
    private const long User = 999;
    private const string Component = "redis";
    private const string Password = $"{Names.Redis}-auth";

    public static IEnumerable<k8s.IKubernetesObject> All(ClusterSettings settings) => [Configuration(settings), Service(settings), Set(settings), Budget(settings), Policy(settings), Forming(settings)];

    private static string Host(ClusterSettings settings, int node) => $"{Names.Redis}-{node}.{Names.Redis}.{settings.Namespace}.svc";

    private static Dictionary<string, string> Selector => new() { [Marks.Name] = Names.Product, [Marks.Component] = Component };

    private static V1ConfigMap Configuration(ClusterSettings settings) => new()
    {
        ApiVersion = "v1",
        Kind = "ConfigMap",
        Metadata = Labels.Meta(settings, Names.Redis, Component),
        Data = new Dictionary<string, string>
        {
            ["redis.conf"] = $"""
                port {Port}
                dir /data
                cluster-enabled yes
                cluster-config-file nodes.conf
                cluster-node-timeout 5000
                appendonly yes
                maxmemory 200mb
                maxmemory-policy noeviction

                """,
        },
    };

    private static V1Service Service(ClusterSettings settings) => new()
    {
        ApiVersion = "v1",
        Kind = "Service",
        Metadata = Labels.Meta(settings, Names.Redis, Component),
        Spec = new()
        {
            ClusterIP = "None",
            PublishNotReadyAddresses = true,
            Selector = Selector,
            Ports = [new() { Name = "redis", Port = Port, Protocol = "TCP" }, new() { Name = "bus", Port = BusPort, Protocol = "TCP" }],
        },
    };

    private static V1StatefulSet Set(ClusterSettings settings) => new()
    {
        ApiVersion = "apps/v1",
        Kind = "StatefulSet",
        Metadata = Labels.Meta(settings, Names.Redis, Component),
        Spec = new()
        {
            ServiceName = Names.Redis,
            Replicas = Nodes,
            PodManagementPolicy = "Parallel",
            Selector = new() { MatchLabels = Selector },
            Template = new()
            {
                Metadata = new() { Labels = Labels.Of(Component) },
                Spec = Pod(settings, Server(settings), new() { PodAntiAffinity = Apart }),
            },
            VolumeClaimTemplates =
            [
                new()
                {
                    Metadata = new() { Name = "data" },
                    Spec = new() { AccessModes = ["ReadWriteOnce"], Resources = new() { Requests = new Dictionary<string, ResourceQuantity> { ["storage"] = new("1Gi") } } },
                },
            ],
        },
    };

    private static V1Container Server(ClusterSettings settings) => new()
    {
        Name = Component,
        Image = Image,
        Command = ["redis-server"],
        Args = ["/etc/redis/redis.conf", "--requirepass", "$(REDIS_PASSWORD)", "--masterauth", "$(REDIS_PASSWORD)", "--cluster-announce-hostname", $"$(POD_NAME).{Names.Redis}.{settings.Namespace}.svc", "--cluster-preferred-endpoint-type", "hostname"],
        Env = [PasswordVariable("REDIS_PASSWORD"), new() { Name = "POD_NAME", ValueFrom = new() { FieldRef = new() { FieldPath = "metadata.name" } } }],
        Ports = [new() { Name = "redis", ContainerPort = Port, Protocol = "TCP" }, new() { Name = "bus", ContainerPort = BusPort, Protocol = "TCP" }],
        Resources = new()
        {
            Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("100m"), ["memory"] = new("256Mi") },
            Limits = new Dictionary<string, ResourceQuantity> { ["memory"] = new("384Mi") },
        },
        ReadinessProbe = new() { TcpSocket = new() { Port = "redis" }, PeriodSeconds = 5 },
        LivenessProbe = new() { TcpSocket = new() { Port = "redis" }, PeriodSeconds = 10 },
        SecurityContext = ServicePod.ContainerSecurity,
        VolumeMounts = [new() { Name = "config", MountPath = "/etc/redis", ReadOnlyProperty = true }, new() { Name = "data", MountPath = "/data" }],
    };

    private static V1Job Forming(ClusterSettings settings) => new()
    {
        ApiVersion = "batch/v1",
        Kind = "Job",
        Metadata = Labels.Meta(settings, $"{Names.Redis}-form", Component),
        Spec = new()
        {
            BackoffLimit = 20,
            Template = new()
            {
                Metadata = new() { Labels = new Dictionary<string, string> { [Marks.Name] = Names.Product, [Marks.Component] = $"{Component}-form" } },
                Spec = Pod(settings, Former(settings), null),
            },
        },
    };

    private static V1Container Former(ClusterSettings settings) => new()
    {
        Name = "form",
        Image = Image,
        Command = ["sh", "-ec"],
        // The password is read by redis-cli from its own variable, so it stands in no process list.
        Args =
        [
            $"redis-cli -h {Host(settings, 0)} cluster info | grep -q cluster_state:ok || redis-cli --cluster create "
            + string.Join(' ', Enumerable.Range(0, Nodes).Select(node => $"{Host(settings, node)}:{Port}")) + " --cluster-replicas 1 --cluster-yes",
        ],
        Env = [PasswordVariable("REDISCLI_AUTH")],
        Resources = new()
        {
            Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("10m"), ["memory"] = new("32Mi") },
            Limits = new Dictionary<string, ResourceQuantity> { ["memory"] = new("64Mi") },
        },
        SecurityContext = ServicePod.ContainerSecurity,
    };

    private static V1PodSpec Pod(ClusterSettings settings, V1Container container, V1Affinity? affinity) => new()
    {
        ServiceAccountName = Names.Product,
        AutomountServiceAccountToken = false,
        EnableServiceLinks = false,
        RestartPolicy = affinity is null ? "OnFailure" : null,
        ImagePullSecrets = settings.PullSecrets is [] ? null : [.. settings.PullSecrets.Select(name => new V1LocalObjectReference { Name = name })],
        SecurityContext = new() { RunAsNonRoot = true, RunAsUser = User, RunAsGroup = User, FsGroup = User, SeccompProfile = new() { Type = "RuntimeDefault" } },
        Affinity = affinity,
        Containers = [container],
        Volumes = affinity is null ? null : [new() { Name = "config", ConfigMap = new() { Name = Names.Redis } }],
    };

    private static V1PodDisruptionBudget Budget(ClusterSettings settings) => new()
    {
        ApiVersion = "policy/v1",
        Kind = "PodDisruptionBudget",
        Metadata = Labels.Meta(settings, Names.Redis, Component),
        Spec = new() { MaxUnavailable = 1, Selector = new() { MatchLabels = Selector } },
    };

    /// <summary>The service and the nodes themselves; nobody else.</summary>
    private static V1NetworkPolicy Policy(ClusterSettings settings) => Networking.Policy(settings, Names.Redis, new()
    {
        PodSelector = new() { MatchExpressions = [new() { Key = Marks.Component, OperatorProperty = "In", Values = [Component, $"{Component}-form"] }] },
        PolicyTypes = ["Ingress", "Egress"],
        Ingress = [new() { FromProperty = [new() { PodSelector = new() { MatchLabels = new Dictionary<string, string> { [Marks.Name] = Names.Product } } }], Ports = [Networking.Tcp(Port), Networking.Tcp(BusPort)] }],
        Egress =
        [
            new() { To = [Networking.FromNamespaces("kube-system")], Ports = [Networking.Tcp(53), new() { Port = 53, Protocol = "UDP" }] },
            new() { To = [new() { PodSelector = new() { MatchLabels = Selector } }], Ports = [Networking.Tcp(Port), Networking.Tcp(BusPort)] },
        ],
    });

    private static V1PodAntiAffinity Apart => new()
    {
        PreferredDuringSchedulingIgnoredDuringExecution =
            [new() { Weight = 100, PodAffinityTerm = new() { TopologyKey = "kubernetes.io/hostname", LabelSelector = new() { MatchLabels = Selector } } }],
    };

    private static V1EnvVar PasswordVariable(string name) => new() { Name = name, ValueFrom = new() { SecretKeyRef = new() { Name = Password, Key = "password" } } };
}
