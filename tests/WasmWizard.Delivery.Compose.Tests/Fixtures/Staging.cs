using System.Text.Json;
using WasmWizard.Delivery.Compose.Engine;
using WasmWizard.Delivery.Compose.Stack;
using WasmWizard.Delivery.Compose.State;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;

namespace WasmWizard.Delivery.Compose.Tests.Fixtures;

/// <summary>Where a staging environment of the tests is; a process of its own reads it from a file.</summary>
public sealed record StagingPlace(
    string Engine, string Root, int Port, string Host, string Certificate, string CertificateKey, string Authority, IReadOnlyDictionary<string, string> Images, string ServiceImage, string Monitoring, string Subnet, string ControlSubnet)
{
    public static StagingPlace Read(string json) => JsonSerializer.Deserialize<StagingPlace>(json)!;

    public string Write() => JsonSerializer.Serialize(this);
}

/// <summary>A staging environment on a real engine, deployed to as the build does it.</summary>
public sealed class Staging : IDisposable
{
    private readonly StagingPlace _place;
    private readonly ComposeTarget _target;
    private readonly EngineState _state;

    /// <param name="place">Where it is.</param>
    /// <param name="heard">Gets every event.</param>
    /// <param name="change">Of the options.</param>
    public Staging(StagingPlace place, Action<string> heard, Func<ComposeOptions, ComposeOptions>? change = null)
    {
        _place = place;
        Engine = new EngineClient(EngineAddress.Parse(place.Engine));
        var layout = Layout(place);
        var options = new ComposeOptions
        {
            Stack = layout,
            Branch = "development",
            Url = new Uri($"https://{place.Host}/"),
            PublishedPort = place.Port,
            PublishedOn = "127.0.0.1",
            CertificateFile = place.Certificate,
            CertificateKeyFile = place.CertificateKey,
            AuthorityFile = place.Authority,
            Backups = Path.Combine(place.Root, "backups"),
            BackupKeyFile = Path.Combine(place.Root, "backup.key"),
        };
        _target = new ComposeTarget(Engine, change?.Invoke(options) ?? options, new TaggedImages(), TimeProvider.System);
        _state = new EngineState(Engine, layout);
        Locks = new EngineLockStore(Engine, _state, layout);
        Releases = new EngineReleaseStore(Engine, layout);
        Runner = RunnerOf(_target, heard);
    }

    public EngineClient Engine { get; }

    public ComposeTarget Target => _target;

    public EngineLockStore Locks { get; }

    public EngineReleaseStore Releases { get; }

    public RolloutRunner Runner { get; }

    public EngineState State => _state;

    public ComposeLayout Arrangement => Layout(_place);

    public static ComposeLayout Layout(StagingPlace place) => ComposeLayout.Of(Environment) with
    {
        Images = place.Images,
        Subnet = place.Subnet,
        ControlSubnet = place.ControlSubnet,
        Monitoring = Directory.Exists(place.Monitoring) ? Directory.GetFiles(place.Monitoring).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes) : new Dictionary<string, byte[]>(),
    };

    public RolloutRunner RunnerOf(IRolloutTarget target, Action<string> heard) => new(
        new RolloutPorts(target, new EngineLedgerStore(_state), Locks, Releases, TimeProvider.System),
        new RolloutOptions { Environment = EnvironmentName.Staging, Branch = "development", Holder = $"test {System.Environment.ProcessId}" },
        new Heard(heard));

    public Task<RolloutOutcome> Deploy(Release release) => Runner.Deploy(release, null, CancellationToken.None);

    public Task<RolloutOutcome> Rollback(ReleaseId? to = null) => Runner.Rollback(to, null, CancellationToken.None);

    public async Task<LedgerChain> Chain() => LedgerChain.Read(await new EngineLedgerStore(_state).Read(CancellationToken.None)) is LedgerReading.Whole whole
        ? whole.Chain
        : throw new InvalidOperationException("The ledger is broken.");

    public async Task<string> ProbeKey() => System.Text.Encoding.ASCII.GetString((await _state.Read("secrets/probe_key", CancellationToken.None))!);

    public void Dispose()
    {
        _target.Dispose();
        Engine.Dispose();
    }

    private static DeploymentEnvironment Environment { get; } = new()
    {
        Name = EnvironmentName.Staging,
        Branch = "development",
        Level = SecurityLevel.High,
        ImageTag = "staging",
        Url = new Uri("https://staging.wasm-wizard.test"),
        Targets = [TargetKind.Compose],
        NeedsApproval = false,
        Scaling = new Scaling(Least: 1, Most: 2),
        Reviews = new ReviewRule(Reviewers: 1, AutoMerge: true),
        Variables = new Dictionary<string, string> { ["ENVIRONMENT"] = "staging", ["AUTH_REQUIRED"] = "true", ["RUST_LOG"] = "info", ["SSL_CERT_PATH"] = "/etc/ssl/certs/staging.crt" },
        Secrets = ["DATABASE_URL"],
        Monitoring = new MonitoringRule(Availability: 99.9m, Latency: 99m, Pages: false),
        Suite = Gates.Tests.TestSuite.Complete,
        Gates = [],
    };

    private sealed class Heard(Action<string> heard) : IProgress<RolloutEvent>
    {
        public void Report(RolloutEvent value) => heard(value.ToString());
    }

    /// <summary>Images that the engine of the tests has already, each named by the digest that its release has.</summary>
    private sealed class TaggedImages : IImageSource
    {
        public async Task Provide(Release release, string name, EngineClient engine, CancellationToken cancellation)
        {
            var parts = name.Split(':');
            await engine.Post($"/images/prepared:{release.Digest.Hex}/tag?repo={parts[0]}&tag={parts[1]}", null, cancellation);
        }
    }
}
