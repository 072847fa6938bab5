using WasmWizard.Delivery.Local.State;

namespace WasmWizard.Delivery.Local;

/// <summary>What a rollout on this machine needs to know.</summary>
public sealed record LocalTargetOptions
{
    public required LocalState State { get; init; }

    /// <summary>Full path of the app layer's tar of the release to deploy; null when only stored releases are rolled out (rollback, stop).</summary>
    public string? Layer { get; init; }

    /// <summary>The folder that the build wrote WasmWizard.Delivery.Local.Front to.</summary>
    public required string FrontBinaries { get; init; }

    /// <summary>Full path of the dotnet host that runs the front. It should not stand inside the clone.</summary>
    public required string Dotnet { get; init; }

    /// <summary>Where the first deploy serves: http on an IP address of the loopback.</summary>
    public required Uri DefaultAddress { get; init; }

    /// <summary>The address that a person asked for; null keeps the recorded one. Another one than recorded restarts the front.</summary>
    public Uri? Address { get; init; }

    /// <summary>The moving alias, e.g. <c>research</c>.</summary>
    public required string Alias { get; init; }

    /// <summary>The branch, for the commands in messages.</summary>
    public required string Branch { get; init; }

    /// <summary>Releases kept, the serving one included.</summary>
    public int KeptReleases { get; init; } = 5;

    /// <summary>Backups of the database kept.</summary>
    public int KeptBackups { get; init; } = 10;

    /// <summary>The service's program inside the layer.</summary>
    public string Program { get; init; } = "WasmWizard.Service";

    /// <summary>How long a new instance may take to listen: a start takes 1 s; the rest is a loaded machine.</summary>
    public TimeSpan StartWithin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a listening instance may take until it is ready and executes the probe's module.</summary>
    public TimeSpan ReadyWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long requests under way may finish: the longest execution (30 s) and a margin.</summary>
    public TimeSpan DrainWithin { get; init; } = TimeSpan.FromSeconds(35);

    /// <summary>How long a drained instance may take to end after it was asked to.</summary>
    public TimeSpan EndWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long migrations may take.</summary>
    public TimeSpan MigrateWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Executions of the probe's module through the public address; all must succeed.</summary>
    public int EnvironmentProbes { get; init; } = 5;
}
