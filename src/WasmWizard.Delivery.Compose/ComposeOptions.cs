using WasmWizard.Delivery.Compose.Stack;

namespace WasmWizard.Delivery.Compose;

/// <summary>What a rollout to a container engine needs to know.</summary>
public sealed record ComposeOptions
{
    public required ComposeLayout Stack { get; init; }

    /// <summary>The branch, for the commands in messages.</summary>
    public required string Branch { get; init; }

    /// <summary>Where users reach the environment; its host is what the certificate is verified against.</summary>
    public required Uri Url { get; init; }

    /// <summary>The port that the engine's host publishes.</summary>
    public int PublishedPort { get; init; } = 443;

    /// <summary>The engine's host as this machine reaches it, for probes through the public address.</summary>
    public string PublishedHost { get; init; } = "127.0.0.1";

    /// <summary>The address on the engine's host that is published; all by default.</summary>
    public string PublishedOn { get; init; } = "0.0.0.0";

    /// <summary>PEM files that the proxy ends TLS with.</summary>
    public required string CertificateFile { get; init; }

    public required string CertificateKeyFile { get; init; }

    /// <summary>PEM file of the authority that signed the certificate; null for those that the machine trusts.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>Folder for backups, on this machine.</summary>
    public required string Backups { get; init; }

    public required string BackupKeyFile { get; init; }

    /// <summary>Folder of another host that gets copies of backups; null for none.</summary>
    public string? BackupCopies { get; init; }

    /// <summary>Names of migrations that contract.</summary>
    public IReadOnlyCollection<string> Contracting { get; init; } = [];

    /// <summary>Releases kept, the serving one included.</summary>
    public int KeptReleases { get; init; } = 5;

    public TimeSpan StartWithin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a started release may take until it is ready and executes the probe's module.</summary>
    public TimeSpan ReadyWithin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long requests under way may finish: the longest execution (30 s) and a margin.</summary>
    public TimeSpan DrainWithin { get; init; } = TimeSpan.FromSeconds(35);

    public TimeSpan MigrateWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Executions of the probe's module through the public address; all must succeed.</summary>
    public int EnvironmentProbes { get; init; } = 5;
}
