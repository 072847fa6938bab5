using WasmWizard.Delivery.Compose;
using WasmWizard.Delivery.Compose.Engine;
using WasmWizard.Delivery.Compose.Stack;
using WasmWizard.Delivery.Compose.State;
using WasmWizard.Delivery.Local.State;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;

/// <summary>The branch's environment on a container engine.</summary>
public sealed class ComposeEnvironment : DeployedEnvironment
{
    private const string LocalEngine = "unix:///var/run/docker.sock";

    private readonly EngineClient _engine;
    private readonly ComposeTarget _target;

    /// <param name="build">Branch and parameters; the engine's address can be read.</param>
    /// <param name="image">What is deployed; null where only stored releases are.</param>
    public ComposeEnvironment(IOperate build, AppImage? image)
        : base(build.Workspace)
    {
        var environment = Workspace.Policy.Environment;
        var folder = LocalState.Of(environment.Word, build.State).Folder;
        var layout = ComposeLayout.Of(environment) with { Images = Images(), Monitoring = Monitoring(environment.Word) };
        _engine = new(EngineAddress.Parse(build.DockerHost ?? LocalEngine));
        var state = new EngineState(_engine, layout);
        _target = new(_engine, Options(build, layout, folder), image is null ? null : new LateImages(image), Workspace.Time);
        Entries = new EngineLedgerStore(state);
        Locks = new EngineLockStore(_engine, state, layout);
        Runner = RunnerOf(build, new(_target, Entries, Locks, new EngineReleaseStore(_engine, layout), Workspace.Time));
    }

    public override IRolloutTarget Target => _target;

    public override ILockStore Locks { get; }

    public override RolloutRunner Runner { get; }

    protected override ILedgerStore Entries { get; }

    /// <summary>What is wrong with what was typed, and an engine that does not answer.</summary>
    public static async Task<IReadOnlyList<Fault>> Faults(IOperate build)
    {
        var faults = new List<Fault>();
        if (build.Address is { } address && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == "https"))
            faults.Add(new("WW2141", $"--address {address}", "the https address that the engine's host publishes, e.g. https://127.0.0.1:8443", "./build.sh --help"));
        try
        {
            using var engine = new EngineClient(EngineAddress.Parse(build.DockerHost ?? LocalEngine));
            if (await ComposeTarget.Silence(engine, EngineSeam.CancellationOf(build)) is { } silence)
                faults.Add(silence);
        }
        catch (FormatException wrong)
        {
            faults.Add(new("WW2140", wrong.Message, "unix:///path or ssh://user@host", "the same command with --docker-host unix:///var/run/docker.sock"));
        }

        return faults;
    }

    public override Task<IReadOnlyList<Fault>> PreflightPlace(CancellationToken cancellation) => _target.PreflightPlace(cancellation);

    public override Release ReleaseOf(AppImage image) => image.Release() with { Digest = ImageAtHand.Open(image).Digest };

    /// <summary>A step of the rollout loads it into the engine.</summary>
    public override Task Publish(AppImage image, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Where the environment's database can be backed up and restored; null while there is none.</summary>
    public override async Task<DatabaseAccess?> Database(CancellationToken cancellation) =>
        await _target.DatabaseBackups(cancellation) is { } found ? new(found.Backups, found.Options) : null;

    public override IAsyncEnumerable<string> Logs(int lines, bool follow, CancellationToken cancellation) => Looked(() => _target.Logs(lines, cancellation), follow, cancellation);

    public override void Dispose()
    {
        _target.Dispose();
        _engine.Dispose();
    }

    private static ComposeOptions Options(IOperate build, ComposeLayout layout, string folder)
    {
        var published = build.Address is { } address ? new Uri(address) : null;
        var options = new ComposeOptions
        {
            Stack = layout,
            Branch = layout.Environment.Branch,
            Url = layout.Environment.Url,
            CertificateFile = build.Certificate ?? Path.Combine(folder, "secrets", "tls.crt"),
            CertificateKeyFile = build.CertificateKey ?? Path.Combine(folder, "secrets", "tls.key"),
            AuthorityFile = build.Authority,
            Backups = Path.Combine(folder, "backups"),
            BackupKeyFile = build.BackupKey ?? Path.Combine(folder, "backup.key"),
            BackupCopies = build.BackupCopies,
            Contracting = new MigrationsFolder(build.Workspace).Contracting,
            KeptReleases = layout.Environment.KeptReleases,
        };
        return published is null ? options : options with
        {
            PublishedHost = published.Host,
            PublishedPort = published.Port,
            PublishedOn = published.IsLoopback ? published.Host : options.PublishedOn,
        };
    }

    /// <summary>The defaults, each replaced where the variable that the Compose files know is set.</summary>
    private static Dictionary<string, string> Images() => ComposeLayout.DefaultImages.ToDictionary(
        image => image.Key,
        image => EnvironmentInfo.GetVariable($"{image.Key.ToUpperInvariant()}_IMAGE") is { Length: > 0 } other ? other : image.Value);

    private Dictionary<string, byte[]> Monitoring(string environment) =>
        Directory.GetFiles(Workspace.Root / "monitoring" / environment).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes);

    /// <summary>Opened when the engine needs it: gates may still build it after this environment was put together.</summary>
    private sealed class LateImages(AppImage image) : IImageSource
    {
        public Task Provide(Release release, string name, EngineClient engine, CancellationToken cancellation) =>
            new LayoutImages(ImageAtHand.Open(image)).Provide(release, name, engine, cancellation);
    }
}
