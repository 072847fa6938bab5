using WasmWizard.Delivery.Backups;
using WasmWizard.Delivery.Local.Backups;
using WasmWizard.Delivery.Local.Fronts;
using WasmWizard.Delivery.Local.Protocol.Messages;
using WasmWizard.Delivery.Local.State;
using WasmWizard.Delivery.Probes;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Local.Steps;

/// <summary>What the steps of one rollout share.</summary>
internal sealed class StepContext(LocalTargetOptions options, Release release, LocalFront front, LocalReleaseStore releases, ServiceProbe probe, SqliteBackups backups)
{
    public LocalTargetOptions Options => options;

    public LocalState State => options.State;

    public Release Release => release;

    public string Id { get; } = release.Id.ToString();

    public LocalFront Front => front;

    public LocalReleaseStore Releases => releases;

    public ServiceProbe Probe => probe;

    public SqliteBackups Backups => backups;

    /// <summary>The proof that the back-up step made in this run; the migrate step asks for it.</summary>
    public VerifiedBackup? Backup { get; set; }

    /// <summary>The instance that the start step started in this run; null when one was there already.</summary>
    public string? Started { get; set; }

    /// <summary>Requests were switched in this run.</summary>
    public bool TookOver { get; set; }

    public string Program => Path.Combine(releases.AppOf(release.Id), options.Program);

    public IReadOnlyList<string> PendingMigrations() => AppliedMigrations.Pending(State.Database, release);

    /// <summary>The release's variables and what its place on this machine adds.</summary>
    public Dictionary<string, string> Variables() => new(release.Variables)
    {
        ["DATA_PATH"] = State.Data,
        ["RELEASE_VERSION"] = release.Version,
        ["RELEASE_COMMIT"] = release.Commit,
        ["RELEASE_DIGEST"] = release.Digest.ToString(),
    };

    /// <summary>Instances of the release that run and are not being stopped, the routed one first.</summary>
    public IEnumerable<InstanceView> Own(FrontStatus status) => status.Instances
        .Where(instance => instance.Release == Id && instance.Phase is InstancePhase.Starting or InstancePhase.Listening or InstancePhase.Crashed)
        .OrderByDescending(instance => instance.Id == status.Route.Instance);

    /// <summary>The instance to work with: the one started in this run, else one that listens, the routed one before others.</summary>
    public InstanceView? Candidate(FrontStatus? status) => status is null ? null : Own(status)
        .Where(instance => instance.Phase is InstancePhase.Listening)
        .FirstOrDefault(instance => Started is null || instance.Id == Started);
}
