namespace WasmWizard.Service.Settings;

/// <summary>An environment variable as the contract names it.</summary>
/// <param name="Default">Null: no default; the meaning says what its absence does.</param>
/// <param name="Secret">Its value never appears in logs, faults or answers.</param>
public sealed record Variable(string Name, string? Default, string Meaning, bool Secret = false);

/// <summary>Every variable that the service reads, once.</summary>
public static class Variables
{
    public static readonly Variable Environment = new("ENVIRONMENT", null, "production, staging or development; required.");
    public static readonly Variable AuthRequired = new("AUTH_REQUIRED", "true", "Whether /api wants a key; production and staging require true.");
    public static readonly Variable AllowAnonymous = new("ALLOW_ANONYMOUS", "false", "Lets a service without keys listen beyond loopback.");
    public static readonly Variable RustLog = new("RUST_LOG", "info", "trace, debug, info, warn, error or off; a list of module levels is read for its bare level.");
    public static readonly Variable LogLevel = new("LOG_LEVEL", null, "As RUST_LOG, and wins over it.");
    public static readonly Variable DatabaseUrl = new("DATABASE_URL", null, "postgres://...; without it SQLite under DATA_PATH; production and staging require it.", Secret: true);
    public static readonly Variable RedisUrl = new("REDIS_URL", null, "redis://..., a comma list for a cluster; without it limits are kept in the process; production and staging require it.", Secret: true);
    public static readonly Variable WithoutRedis = new("RATE_LIMIT_WITHOUT_REDIS", null, "What happens while Redis is down: refuse (503) or allow (limits kept in each process); default: refuse in production and staging, else allow.");
    public static readonly Variable CertificatePath = new("SSL_CERT_PATH", null, "PEM file with the certificate chain for https addresses.");
    public static readonly Variable KeyPath = new("SSL_KEY_PATH", null, "PEM file with the certificate's key.");
    public static readonly Variable TrustProxy = new("TRUST_PROXY", "false", "A proxy in front ends TLS and sets X-Forwarded-For and X-Forwarded-Proto.");
    public static readonly Variable ListenUrls = new("LISTEN_URLS", "http://127.0.0.1:8080", "Addresses to listen on, separated by ; or a comma; port 0 lets the system choose.");
    public static readonly Variable ListenAddressFile = new("LISTEN_ADDRESS_FILE", null, "File that gets the bound addresses, one a line, by an atomic rename.");
    public static readonly Variable BackupReceiptFile = new("BACKUP_RECEIPT_FILE", null, "Receipt of the last verified backup; its time is a metric.");
    public static readonly Variable DataPath = new("DATA_PATH", "data", "Directory of the SQLite file and of compiled modules.");
    public static readonly Variable MigrateOnStart = new("MIGRATE_ON_START", "false", "Migrates the database at start; only with ENVIRONMENT=development.");
    public static readonly Variable MaxWasmSize = new("MAX_WASM_SIZE", "10485760", "Bytes of a module.");
    public static readonly Variable MaxInputSize = new("MAX_INPUT_SIZE", "1048576", "Bytes of stdin.");
    public static readonly Variable MaxOutputSize = new("MAX_OUTPUT_SIZE", "1048576", "Bytes of stdout and of stderr, each.");
    public static readonly Variable ExecutionTimeout = new("EXECUTION_TIMEOUT", "5", "Seconds of wall time for anonymous callers.");
    public static readonly Variable MemoryLimit = new("MEMORY_LIMIT", "134217728", "Bytes of memory for anonymous callers.");
    public static readonly Variable MaxExecutionTimeout = new("MAX_EXECUTION_TIMEOUT", "30", "Seconds; no tier may allow more.");
    public static readonly Variable MaxMemoryLimit = new("MAX_MEMORY_LIMIT", "536870912", "Bytes; no tier may allow more.");
    public static readonly Variable FuelLimit = new("FUEL_LIMIT", "0", "Fuel units of an execution; 0 switches metering off.");
    public static readonly Variable MaxConcurrent = new("MAX_CONCURRENT_EXECUTIONS", null, "Guests that run at once; default: eight for each processor.");
    public static readonly Variable MaxConcurrentOfOne = new("MAX_CONCURRENT_PER_KEY", null, "Guests of one key, or one anonymous address, that run at once; default: an eighth of MAX_CONCURRENT_EXECUTIONS, at least the number of processors.");
    public static readonly Variable MaxQueue = new("MAX_QUEUE", "256", "Executions that may wait for a slot, half of them of one key; more are answered 503.");
    public static readonly Variable ReleaseVersion = new("RELEASE_VERSION", null, "Shown by /health and wasm_wizard_build_info.");
    public static readonly Variable ReleaseCommit = new("RELEASE_COMMIT", null, "Shown by /health and wasm_wizard_build_info.");
    public static readonly Variable ReleaseDigest = new("RELEASE_DIGEST", null, "Shown by /health and wasm_wizard_build_info.");

    public static IReadOnlyList<Variable> All { get; } =
    [
        Environment, AuthRequired, AllowAnonymous, RustLog, LogLevel, DatabaseUrl, RedisUrl, WithoutRedis, CertificatePath, KeyPath, TrustProxy,
        ListenUrls, ListenAddressFile, BackupReceiptFile, DataPath, MigrateOnStart, MaxWasmSize, MaxInputSize, MaxOutputSize,
        ExecutionTimeout, MemoryLimit, MaxExecutionTimeout, MaxMemoryLimit, FuelLimit, MaxConcurrent, MaxConcurrentOfOne, MaxQueue, ReleaseVersion, ReleaseCommit, ReleaseDigest,
    ];
}
