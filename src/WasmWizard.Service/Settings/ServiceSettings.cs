using WasmWizard.Service.Executions;

namespace WasmWizard.Service.Settings;

/// <summary>Everything the environment decides, checked. Made by <see cref="Parse"/> only from values that fit together.</summary>
public sealed record ServiceSettings
{
    public required ServiceEnvironment Environment { get; init; }

    public required bool AuthRequired { get; init; }

    public required bool AllowAnonymous { get; init; }

    /// <summary>A proxy in front ends TLS; its X-Forwarded headers are believed.</summary>
    public required bool TrustProxy { get; init; }

    public required LogLevel LogLevel { get; init; }

    public required IReadOnlyList<ListenAddress> Listen { get; init; }

    /// <summary>Where the bound addresses are written, one a line; null when nobody asked.</summary>
    public required string? ListenAddressFile { get; init; }

    /// <summary>The receipt of the last verified backup, whose time is told as a metric; null when nobody keeps one.</summary>
    public required string? BackupReceiptFile { get; init; }

    /// <summary>PEM files, both or none.</summary>
    public required string? CertificatePath { get; init; }

    public required string? CertificateKeyPath { get; init; }

    /// <summary>A secret: may carry a password. Null: SQLite under <see cref="DataPath"/>.</summary>
    public required string? DatabaseUrl { get; init; }

    /// <summary>A secret as well. Null: limits are kept in the process.</summary>
    public required string? RedisUrl { get; init; }

    /// <summary>While Redis is down: true answers 503, false keeps limits in the process.</summary>
    public required bool RefuseWithoutRedis { get; init; }

    /// <summary>Directory of the SQLite file and of compiled modules.</summary>
    public required string DataPath { get; init; }

    public required bool MigrateOnStart { get; init; }

    public required int MaxWasmBytes { get; init; }

    public required int MaxInputBytes { get; init; }

    /// <summary>What anonymous callers get.</summary>
    public required ExecutionLimits Limits { get; init; }

    /// <summary>The ceiling of any tier, and the longest a shutdown waits for guests.</summary>
    public required TimeSpan MaxExecutionTime { get; init; }

    public required long MaxMemoryBytes { get; init; }

    public required int MaxConcurrentExecutions { get; init; }

    /// <summary>Of one key, or of one address without a key.</summary>
    public required int MaxConcurrentOfOne { get; init; }

    public required int MaxQueue { get; init; }

    public required ReleaseIdentity Release { get; init; }

    public string DatabaseFile => Path.Combine(DataPath, "wasm-wizard.db");

    public string ArtifactFolder => Path.Combine(DataPath, "compiled");

    /// <summary>Whether a client reaches this service over TLS, by its own certificate or by a trusted proxy's.</summary>
    public bool Encrypted => CertificatePath is not null || TrustProxy;

    /// <param name="variables">The process's environment.</param>
    /// <param name="purpose">What the process is for: a migration needs the database, not certificates.</param>
    /// <param name="readFile">Reads the file of a NAME_FILE variable; an <see cref="IOException"/> or a refused access becomes a fault.</param>
    public static ParsedSettings Parse(IReadOnlyDictionary<string, string> variables, SettingsPurpose purpose, Func<string, string> readFile) =>
        SettingsParser.Parse(variables, purpose, readFile);

    /// <summary>Secrets stay out of whatever prints a record.</summary>
    public override string ToString() => $"ServiceSettings({Environment})";
}
