using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Monitoring;

namespace WasmWizard.Delivery.Kubernetes.Manifests;

/// <summary>What the manifests of an environment depend on beside the release.</summary>
public sealed record ClusterSettings
{
    public required DeploymentEnvironment Environment { get; init; }

    /// <summary>What ServiceMonitor and PrometheusRule rest on; null where the cluster does not know these kinds.</summary>
    public MetricContract? Metrics { get; init; }

    /// <summary>Ports on which PostgreSQL and Redis are reached; pods may open connections to no others.</summary>
    public IReadOnlyList<int> DataPorts { get; init; } = [5432, 6379];

    public string IngressClass { get; init; } = "nginx";

    /// <summary>Secrets with which the nodes may pull the image; empty when the registry asks for none.</summary>
    public IReadOnlyList<string> PullSecrets { get; init; } = [];

    public string Namespace => Names.Namespace(Environment.Word);
}

/// <summary>What in the manifests belongs to one release.</summary>
public sealed record ReleaseParts
{
    /// <summary>Twelve hex digits; null in the files for people, which belong to no release.</summary>
    public required string? Id { get; init; }

    /// <summary>What the nodes pull: by digest; in the files for people a placeholder that leads nowhere.</summary>
    public required string Image { get; init; }

    /// <summary>The service's variables that hold no secret.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>Names of the variables that are in the Secret.</summary>
    public required IReadOnlyList<string> Secrets { get; init; }

    /// <summary>Version of the Secret, 1 or more.</summary>
    public required int SecretVersion { get; init; }

    /// <summary>RELEASE_VERSION, RELEASE_COMMIT and RELEASE_DIGEST, which the service shows.</summary>
    public IReadOnlyDictionary<string, string> Identity { get; init; } = new Dictionary<string, string>();
}
