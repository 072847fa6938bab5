using WasmWizard.Delivery.Environments;

namespace WasmWizard.Delivery.Compose.Stack;

/// <summary>
/// The containers of an environment on one engine: the one description that Compose's files are written from and that deployments create
/// containers by.
/// </summary>
public sealed record ComposeLayout
{
    /// <summary>The service's name in Compose, in DNS and in commands that people type.</summary>
    public const string Service = "wasm-wizard";

    /// <summary>Where the service listens inside the network.</summary>
    public const int ServicePort = 8080;

    /// <summary>Where the proxy listens inside its container.</summary>
    public const int ProxyPort = 8443;

    /// <summary>The proxy's runtime interface, on a network that nobody else is in.</summary>
    public const int ControlPort = 9999;

    /// <summary>Compiled modules and the keys of forms, shared by releases: nobody is signed out by a deployment.</summary>
    public const string DataVolume = "data";

    /// <summary>The user that the service runs as.</summary>
    public const int User = 65532;

    private ComposeLayout(DeploymentEnvironment environment) => Environment = environment;

    public DeploymentEnvironment Environment { get; }

    /// <summary>Begins the names of everything on the engine, e.g. <c>wasm-wizard-staging</c>.</summary>
    public string Project => $"{Service}-{Environment.Word}";

    public string Database => $"wasm_wizard_{Environment.Word}";

    public const string DatabaseUser = "wasm_wizard";

    /// <summary>Everything but the proxy's control.</summary>
    public string Network => Project;

    public string ControlNetwork => $"{Project}-control";

    /// <summary>First three parts of the networks' addresses; an engine's host that uses them already needs others.</summary>
    public string Subnet { get; init; } = "172.30.95";

    public string ControlSubnet { get; init; } = "172.30.96";

    /// <summary>Images by service, each overridable where public registries cannot be reached.</summary>
    public IReadOnlyDictionary<string, string> Images { get; init; } = DefaultImages;

    public static IReadOnlyDictionary<string, string> DefaultImages { get; } = new Dictionary<string, string>
    {
        ["postgres"] = "postgres:17",
        ["redis"] = "redis:7.4",
        ["prometheus"] = "prom/prometheus:v3.5.0",
        ["proxy"] = "haproxy:3.0",
    };

    /// <summary>Files of monitoring/ by name, for Prometheus.</summary>
    public IReadOnlyDictionary<string, byte[]> Monitoring { get; init; } = new Dictionary<string, byte[]>();

    public static ComposeLayout Of(DeploymentEnvironment environment) => new(environment);

    /// <summary>Where a release of a slot answers inside the network.</summary>
    public string AddressOf(Slot slot) => slot switch
    {
        Slot.A => $"{Subnet}.11",
        _ => $"{Subnet}.12",
    };

    /// <summary>The proxy's address on the network of its own.</summary>
    public string ControlAddress => $"{ControlSubnet}.2";

    /// <summary>Where the proxy finds its certificate; the key lies beside it with <c>.key</c> behind.</summary>
    public string CertificatePath => Environment.Variables.GetValueOrDefault("SSL_CERT_PATH", "/etc/ssl/certs/wasm-wizard.crt");

    /// <summary>
    /// What a release of this environment runs with here: its own variables, except that TLS ends at the proxy, and the addresses of what is around it.
    /// </summary>
    public static IReadOnlyDictionary<string, string> ServiceVariables(IReadOnlyDictionary<string, string> release)
    {
        var variables = new Dictionary<string, string>(release)
        {
            ["TRUST_PROXY"] = "true",
            ["LISTEN_URLS"] = $"http://*:{ServicePort}",
            ["DATABASE_URL_FILE"] = "/run/secrets/database_url",
            ["REDIS_URL"] = "redis://redis:6379",
            ["DATA_PATH"] = "/data",
        };
        variables.Remove("SSL_CERT_PATH");
        return variables;
    }

    /// <summary>What stays while releases come and go, in the order of starting.</summary>
    public IReadOnlyList<StackService> Around =>
    [
        new("postgres", Images["postgres"])
        {
            Variables = new Dictionary<string, string>
            {
                ["POSTGRES_USER"] = DatabaseUser,
                ["POSTGRES_DB"] = Database,
                ["POSTGRES_PASSWORD_FILE"] = "/run/secrets/postgres_password",
                ["PGDATA"] = "/var/lib/postgresql/data/pgdata",
            },
            Volumes = [new("postgres", "/var/lib/postgresql/data")],
            Secrets = [new("postgres_password", "/run/secrets/postgres_password")],
            SharedMemoryBytes = 128 * 1024 * 1024,
        },
        new("redis", Images["redis"]) { Command = ["redis-server", "--save", "", "--appendonly", "no", "--protected-mode", "no"] },
        new("prometheus", Images["prometheus"])
        {
            Command = ["--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus", "--storage.tsdb.retention.time=15d"],
            Volumes = [new("prometheus", "/prometheus"), new($"./monitoring/{Environment.Word}", "/etc/prometheus") { ReadOnly = true }],
            Files = Monitoring.ToDictionary(file => $"/etc/prometheus/{file.Key}", file => file.Value),
        },
        new("proxy", Images["proxy"])
        {
            Command = ["haproxy", "-W", "-db", "-f", "/usr/local/etc/haproxy/haproxy.cfg"],
            Volumes = [new($"./proxy/{Environment.Word}", "/usr/local/etc/haproxy") { ReadOnly = true }],
            Files = new Dictionary<string, byte[]> { ["/usr/local/etc/haproxy/haproxy.cfg"] = System.Text.Encoding.UTF8.GetBytes(ProxyConfiguration.Text(this)) },
            Secrets = [new("tls_certificate", CertificatePath), new("tls_key", CertificatePath + ".key")],
            Control = true,
            Publishes = true,
        },
    ];
}

/// <summary>Two places that releases take in turn, so that the next one starts beside the one that serves.</summary>
public enum Slot
{
    A,
    B,
}
