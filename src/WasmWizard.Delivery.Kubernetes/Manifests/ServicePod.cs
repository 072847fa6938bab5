using k8s.Models;

namespace WasmWizard.Delivery.Kubernetes.Manifests;

/// <summary>The pod that runs the service: nobody, read-only, without a token, drained before it ends.</summary>
internal static class ServicePod
{
    /// <summary>The user of the image.</summary>
    public const long User = 65532;

    public const string SecretsFolder = "/run/secrets/wasm-wizard";

    private const string CertificateFolder = "/run/secrets/tls";

    /// <summary>Longer than the longest execution (30 s) and the pause before the drain.</summary>
    private const int GraceSeconds = 45;

    /// <summary>How long a proxy may still send requests to a pod that is ending.</summary>
    private const int DrainSeconds = 5;

    public static V1PodTemplateSpec Template(ClusterSettings settings, ReleaseParts parts, string track) => new()
    {
        Metadata = new() { Labels = TemplateLabels(parts, track) },
        Spec = new()
        {
            ServiceAccountName = Names.Product,
            AutomountServiceAccountToken = false,
            EnableServiceLinks = false,
            TerminationGracePeriodSeconds = GraceSeconds,
            ImagePullSecrets = settings.PullSecrets is [] ? null : [.. settings.PullSecrets.Select(name => new V1LocalObjectReference { Name = name })],
            SecurityContext = PodSecurity,
            TopologySpreadConstraints = [Spread("topology.kubernetes.io/zone"), Spread("kubernetes.io/hostname")],
            Containers = [Container(parts)],
            Volumes = Volumes(parts),
        },
    };

    /// <summary>The same image with the same configuration and secrets, for a command instead of serving.</summary>
    public static V1PodSpec Command(ClusterSettings settings, ReleaseParts parts, IReadOnlyList<string> arguments, V1Volume? extra = null)
    {
        var serving = Template(settings, parts, Labels.Stable).Spec;
        var container = serving.Containers[0];
        container.Name = "command";
        container.Args = [.. arguments];
        (container.Ports, container.LivenessProbe, container.ReadinessProbe, container.StartupProbe, container.Lifecycle) = (null, null, null, null, null);
        serving.TopologySpreadConstraints = null;
        serving.RestartPolicy = "Never";
        serving.TerminationGracePeriodSeconds = DrainSeconds;
        if (extra is not null)
        {
            serving.Volumes.Add(extra);
            container.VolumeMounts.Add(new() { Name = extra.Name, MountPath = $"/run/secrets/{extra.Name}", ReadOnlyProperty = true });
        }

        return serving;
    }

    public static V1PodSecurityContext PodSecurity => new()
    {
        RunAsNonRoot = true,
        RunAsUser = User,
        RunAsGroup = User,
        FsGroup = User,
        SeccompProfile = new() { Type = "RuntimeDefault" },
    };

    public static V1SecurityContext ContainerSecurity => new()
    {
        AllowPrivilegeEscalation = false,
        ReadOnlyRootFilesystem = true,
        RunAsNonRoot = true,
        Capabilities = new() { Drop = ["ALL"] },
    };

    private static Dictionary<string, string> TemplateLabels(ReleaseParts parts, string track)
    {
        var labels = Labels.Of(Marks.Service);
        labels[Marks.Track] = track;
        if (parts.Id is { } release)
            labels[Marks.Release] = release;
        return labels;
    }

    private static V1Container Container(ReleaseParts parts) => new()
    {
        Name = Names.Product,
        Image = parts.Image,
        Ports =
        [
            new() { Name = "http", ContainerPort = Names.HttpPort, Protocol = "TCP" },
            new() { Name = "https", ContainerPort = Names.HttpsPort, Protocol = "TCP" },
        ],
        EnvFrom = [new() { ConfigMapRef = new() { Name = ServiceConfig.NameOf(parts) } }],
        Env =
        [
            .. parts.Secrets.Select(name => new V1EnvVar { Name = $"{name}_FILE", Value = $"{SecretsFolder}/{name}" }),
            .. parts.Identity.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new V1EnvVar { Name = pair.Key, Value = pair.Value }),
        ],
        Resources = new()
        {
            Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("500m"), ["memory"] = new("512Mi"), ["ephemeral-storage"] = new("64Mi") },
            // No limit on processor time: throttling is latency, and the requests already divide what is there.
            Limits = new Dictionary<string, ResourceQuantity> { ["memory"] = new("2Gi"), ["ephemeral-storage"] = new("2Gi") },
        },
        StartupProbe = Probe("/health/live", period: 1, failures: 30, delay: 1),
        LivenessProbe = Probe("/health/live", period: 10, failures: 3),
        ReadinessProbe = Probe("/health/ready", period: 2, failures: 2),
        // Kubernetes' own sleep: the image has no shell and no sleep of its own.
        Lifecycle = new() { PreStop = new() { Sleep = new() { Seconds = DrainSeconds } } },
        SecurityContext = ContainerSecurity,
        VolumeMounts =
        [
            new() { Name = "secrets", MountPath = SecretsFolder, ReadOnlyProperty = true },
            new() { Name = "certificate", MountPath = CertificateFolder, ReadOnlyProperty = true },
            .. CertificateOf(parts),
            new() { Name = "data", MountPath = "/data" },
            new() { Name = "tmp", MountPath = "/tmp" },
        ],
    };

    /// <summary>The certificate lies where the branch's own variable says.</summary>
    private static IEnumerable<V1VolumeMount> CertificateOf(ReleaseParts parts) => parts.Variables.TryGetValue("SSL_CERT_PATH", out var path)
        ? [new() { Name = "certificate", MountPath = path, SubPath = "tls.crt", ReadOnlyProperty = true }]
        : [];

    private static List<V1Volume> Volumes(ReleaseParts parts) =>
    [
        new() { Name = "secrets", Secret = new() { SecretName = Names.Secrets(parts.SecretVersion), DefaultMode = Convert.ToInt32("440", 8) } },
        new() { Name = "certificate", Secret = new() { SecretName = Names.Certificate, DefaultMode = Convert.ToInt32("440", 8) } },
        new() { Name = "data", EmptyDir = new() { SizeLimit = new("1Gi") } },
        new() { Name = "tmp", EmptyDir = new() { SizeLimit = new("256Mi") } },
    ];

    private static V1Probe Probe(string path, int period, int failures, int? delay = null) => new()
    {
        HttpGet = new() { Path = path, Port = "http" },
        InitialDelaySeconds = delay,
        PeriodSeconds = period,
        TimeoutSeconds = Math.Min(period, 5),
        FailureThreshold = failures,
    };

    /// <summary>Prefers to spread and never refuses to run: with one node everything is on it.</summary>
    private static V1TopologySpreadConstraint Spread(string key) => new()
    {
        MaxSkew = 1,
        TopologyKey = key,
        WhenUnsatisfiable = "ScheduleAnyway",
        LabelSelector = new() { MatchLabels = Labels.Serving },
    };

    /// <summary>Where the certificate's key is; the image reads it as <c>SSL_KEY_PATH</c>.</summary>
    public static string KeyPath => $"{CertificateFolder}/tls.key";
}
