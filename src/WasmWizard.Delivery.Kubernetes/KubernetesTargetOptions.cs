using WasmWizard.Delivery.Kubernetes.Images;
using WasmWizard.Delivery.Kubernetes.Manifests;

namespace WasmWizard.Delivery.Kubernetes;

/// <summary>What a rollout to a cluster needs to know.</summary>
public sealed record KubernetesTargetOptions
{
    public required ClusterSettings Settings { get; init; }

    /// <summary>Where the nodes pull from: registry and repository, without tag or digest.</summary>
    public required string Repository { get; init; }

    /// <summary>Asks the registry from here; null leaves it to the nodes to find out, and moves no alias.</summary>
    public IReleaseImages? Images { get; init; }

    /// <summary>Takes and proves backups; null refuses to migrate a schema that is known to hold something.</summary>
    public IClusterBackups? Backups { get; init; }

    /// <summary>Values of secret variables that are given with this run, by name; the others stay as the cluster has them.</summary>
    public IReadOnlyDictionary<string, string> SecretValues { get; init; } = new Dictionary<string, string>();

    /// <summary>For the commands in messages.</summary>
    public string Branch => Settings.Environment.Branch;

    /// <summary>How long a Deployment may take that says nothing of a failure: three pods, one after the other, and a slow registry.</summary>
    public TimeSpan RollOutWithin { get; init; } = TimeSpan.FromMinutes(4);

    public TimeSpan MigrateWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the canary takes its share of the requests before it is judged.</summary>
    public TimeSpan CanaryWindow { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Executions of the probe's module; all must succeed.</summary>
    public int Probes { get; init; } = 6;

    /// <summary>Between two looks at the cluster.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromMilliseconds(500);
}
