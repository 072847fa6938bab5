using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Tests;
using static WasmWizard.Delivery.Gates.Strength;

/// <summary>The deployment strategy as data. Workflows, required checks, tables and deployments all come from here.</summary>
public static class Strategy
{
    private const decimal LeastLinesPercent = 85;

    private static readonly DeploymentEnvironment Production = new()
    {
        Name = EnvironmentName.Production,
        Branch = "master",
        Level = SecurityLevel.Maximum,
        ImageTag = "latest",
        Url = new("https://wasm-wizard.com"),
        Targets = [TargetKind.Kubernetes],
        NeedsApproval = true,
        Scaling = new(Least: 3, Most: 10),
        Reviews = new(Reviewers: 2, CodeOwners: true)
        {
            PathTeams = new Dictionary<string, string>
            {
                ["/k8s/"] = "security",
                ["/.github/"] = "security",
                ["/.nuke/trusted-keys.json"] = "security",
                ["/.nuke/waivers.json"] = "security",
                ["/docker-compose*.yml"] = "security",
                ["/build/Strategy.cs"] = "architecture",
                ["/src/WasmWizard.Delivery/"] = "architecture",
            },
        },
        Variables = Variables("production", authRequired: true, log: "info", certificate: "/etc/ssl/certs/wasm-wizard.crt"),
        Secrets = ["DATABASE_URL", "REDIS_URL", "SSL_KEY_PATH"],
        Monitoring = new(Availability: 99.9m, Latency: 99m, Pages: true) { BackupAge = TimeSpan.FromHours(26) },
        Suite = TestSuite.Complete,
        AllowsSkippedTests = false,
        Gates =
        [
            new(GateId.Audit, Required, "no HIGH or CRITICAL, no unknown severity") { DataAge = TimeSpan.FromDays(7) },
            new(GateId.Format, Required, "nothing to change"),
            new(GateId.Tests, Required, "complete suite, none skipped"),
            new(GateId.Coverage, Required, "lines >= 85 %") { Threshold = LeastLinesPercent },
            new(GateId.Scan, Required, "no HIGH or CRITICAL in the image that would be deployed"),
            new(GateId.Benchmark, Required, "no regression beyond 5 %") { Threshold = 5 },
            new(GateId.Docs, Required, "references current, links whole, changelog entry"),
            new(GateId.Integration, Required, "the release with real PostgreSQL and Redis"),
            new(GateId.Migrations, Required, "lint, forward-only, checksums"),
            new(GateId.Generated, Required, "every generated file current"),
        ],
    };

    private static readonly DeploymentEnvironment Staging = new()
    {
        Name = EnvironmentName.Staging,
        Branch = "development",
        Level = SecurityLevel.High,
        ImageTag = "staging",
        Url = new("https://staging.wasm-wizard.com"),
        Targets = [TargetKind.Compose, TargetKind.Kubernetes],
        NeedsApproval = false,
        Scaling = new(Least: 1, Most: 2),
        Reviews = new(Reviewers: 1, AutoMerge: true),
        Variables = Variables("staging", authRequired: true, log: "debug", certificate: "/etc/ssl/certs/staging.crt"),
        Secrets = ["DATABASE_URL", "REDIS_URL", "SSL_KEY_PATH"],
        Monitoring = new(Availability: 99.9m, Latency: 99m, Pages: false) { BackupAge = TimeSpan.FromDays(8) },
        Suite = TestSuite.Complete,
        Gates =
        [
            new(GateId.Audit, Required, "no HIGH or CRITICAL; LOW and MEDIUM only when waived") { DataAge = TimeSpan.FromDays(30) },
            new(GateId.Format, Required, "nothing to change"),
            new(GateId.Tests, Required, "complete suite"),
            new(GateId.Coverage, Required, "lines >= 85 %") { Threshold = LeastLinesPercent },
            new(GateId.Scan, Required, "no HIGH or CRITICAL in the image that would be deployed"),
            new(GateId.Benchmark, Advisory, "against 10 %, the baseline recorded") { Threshold = 10 },
            new(GateId.Docs, Advisory, "references current, links whole"),
            new(GateId.Integration, Required, "the release with real PostgreSQL and Redis"),
            new(GateId.Migrations, Required, "lint, forward-only, checksums"),
            new(GateId.Generated, Required, "every generated file current"),
        ],
    };

    private static readonly DeploymentEnvironment Research = new()
    {
        Name = EnvironmentName.Research,
        Branch = "research",
        Level = SecurityLevel.Moderate,
        ImageTag = "research",
        Url = new("https://research.wasm-wizard.com"),
        Targets = [TargetKind.Local, TargetKind.Compose],
        NeedsApproval = false,
        Scaling = new(Least: 1, Most: 1),
        Reviews = new(Reviewers: 0),
        Variables = Variables("development", authRequired: false, log: "trace", certificate: null),
        Secrets = [],
        Monitoring = new(Availability: 99m, Latency: 95m, Pages: false),
        Suite = TestSuite.Core,
        Gates =
        [
            new(GateId.Audit, Guarded, "no CRITICAL"),
            new(GateId.Format, Required, "nothing to change"),
            new(GateId.Tests, Required, "core suite"),
            new(GateId.Coverage, Advisory, "lines against 85 %") { Threshold = LeastLinesPercent },
            new(GateId.Scan, Guarded, "no CRITICAL in the image that would be deployed"),
            new(GateId.Benchmark, Advisory, "smoke run"),
            new(GateId.Docs, Advisory, "references current, links whole"),
            new(GateId.Integration, Advisory, "the release with real PostgreSQL and Redis"),
            new(GateId.Migrations, Required, "lint, forward-only, checksums"),
            new(GateId.Generated, Required, "every generated file current"),
        ],
    };

    /// <summary>Gates that the policy asks for and nobody has built yet; the list only shrinks.</summary>
    private static readonly GateId[] Planned = [];

    public static DeliveryStrategy Default { get; } = new([Production, Staging, Research], Planned);

    /// <summary>The account on GitHub that the teams belong to.</summary>
    public const string Organization = "wasm-wizard";

    /// <summary>The team that lets a deployment into an environment that asks for approval.</summary>
    public const string Approvers = "release-managers";

    /// <summary>Where a local environment answers unless told otherwise; loopback, because research asks no key.</summary>
    public static Uri LocalAddress { get; } = new("http://127.0.0.1:8095");

    private static Dictionary<string, string> Variables(string environment, bool authRequired, string log, string? certificate)
    {
        var variables = new Dictionary<string, string>
        {
            ["ENVIRONMENT"] = environment,
            ["AUTH_REQUIRED"] = authRequired ? "true" : "false",
            ["RUST_LOG"] = log,
        };
        if (certificate is not null)
            variables["SSL_CERT_PATH"] = certificate;
        return variables;
    }
}
