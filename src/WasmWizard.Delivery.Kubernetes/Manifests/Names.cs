namespace WasmWizard.Delivery.Kubernetes.Manifests;

/// <summary>What everything is called in a cluster; people type these names, so they never depend on a release.</summary>
public static class Names
{
    /// <summary>Deployment, container, Service and Ingress.</summary>
    public const string Product = "wasm-wizard";

    public const string Canary = $"{Product}-canary";

    /// <summary>The Service without an address that names each pod; Prometheus' configuration knows it.</summary>
    public const string Instances = $"{Product}-instances";

    /// <summary>The Lease that is the deployment lock.</summary>
    public const string Lock = $"{Product}-deploy";

    /// <summary>The key that probes execute with.</summary>
    public const string ProbeKey = $"{Product}-probe-key";

    /// <summary>What is known about the schema of the database.</summary>
    public const string Schema = $"{Product}-schema";

    /// <summary>Certificate and key of the public name; made by cert-manager or by a person.</summary>
    public const string Certificate = $"{Product}-tls";

    public const string Redis = $"{Product}-redis";

    public const string Postgres = $"{Product}-db";

    /// <summary>Owner of every field that we set.</summary>
    public const string FieldManager = "wasm-wizard-delivery";

    /// <summary>Owner of the fencing token alone, so that applying a manifest neither needs nor removes it.</summary>
    public const string FenceManager = "wasm-wizard-fence";

    /// <summary>Owner of the number of pods until the autoscaler says another.</summary>
    public const string ScaleManager = "wasm-wizard-scale";

    public const int HttpPort = 8080;

    public const int HttpsPort = 8443;

    public static string Namespace(string environment) => $"{Product}-{environment}";

    public static string Secrets(int version) => $"{Product}-secrets-{version}";
}

/// <summary>Labels and annotations that we set or read.</summary>
public static class Marks
{
    private const string Prefix = "wasm-wizard.com/";

    public const string Name = "app.kubernetes.io/name";
    public const string Component = "app.kubernetes.io/component";
    public const string ManagedBy = "app.kubernetes.io/managed-by";

    /// <summary>stable or canary: part of selectors, so that the two never count each other's pods.</summary>
    public const string Track = Prefix + "track";

    /// <summary>Id of the release that a pod runs.</summary>
    public const string Release = Prefix + "release";

    /// <summary>What a stored object is: release, ledger, config, secrets.</summary>
    public const string Kind = Prefix + "kind";

    /// <summary>A version of the secrets that is never used again.</summary>
    public const string Revoked = Prefix + "revoked";

    /// <summary>The greatest fencing token that an object has seen.</summary>
    public const string Fence = Prefix + "fence";

    public const string Service = "service";

    /// <summary>Pods that run one command of the service and end; the Service sends them nothing.</summary>
    public const string Command = "command";

    /// <summary>Everything that is ours, and nothing else.</summary>
    public const string Ours = $"{ManagedBy}={Names.FieldManager}";
}
