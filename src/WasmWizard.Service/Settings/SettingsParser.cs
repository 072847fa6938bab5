using WasmWizard.Service.Data;
using WasmWizard.Service.Executions;

namespace WasmWizard.Service.Settings;

/// <summary>The one place where the environment becomes settings. Pure but for the files that NAME_FILE variables name.</summary>
internal static class SettingsParser
{
    /// <summary>The guest's memory is addressed by one span, whose length is a 31-bit number; a page less keeps clear of it.</summary>
    private const long MemoryCeiling = int.MaxValue - 65535L;

    /// <summary>Guests that compute take turns on a processor; guests of many callers in flight keep one caller's slow ones from stopping the others.</summary>
    private const int GuestsPerProcessor = 8;

    /// <summary>One caller may have this part of the slots.</summary>
    private const int ShareOfOne = 8;

    public static ParsedSettings Parse(IReadOnlyDictionary<string, string> variables, SettingsPurpose purpose, Func<string, string> readFile)
    {
        var reader = new SettingsReader(variables, readFile);
        var maxTime = reader.Seconds(Variables.MaxExecutionTimeout, 0.1, 3600);
        var maxMemory = reader.Number(Variables.MaxMemoryLimit, 65536, MemoryCeiling);
        var environment = EnvironmentOf(reader);
        var concurrent = (int)reader.Number(Variables.MaxConcurrent, 1, 1024, GuestsPerProcessor * Environment.ProcessorCount);
        var settings = new ServiceSettings
        {
            Environment = environment,
            AuthRequired = reader.Flag(Variables.AuthRequired),
            AllowAnonymous = reader.Flag(Variables.AllowAnonymous),
            TrustProxy = reader.Flag(Variables.TrustProxy),
            LogLevel = LevelOf(reader),
            Listen = AddressesOf(reader),
            ListenAddressFile = reader.Text(Variables.ListenAddressFile),
            BackupReceiptFile = reader.Text(Variables.BackupReceiptFile),
            CertificatePath = reader.Text(Variables.CertificatePath),
            CertificateKeyPath = reader.Text(Variables.KeyPath),
            DatabaseUrl = DatabaseUrlOf(reader),
            RedisUrl = UrlOf(reader, Variables.RedisUrl, single: false, "redis", "rediss"),
            RefuseWithoutRedis = RefusesWithoutRedis(reader, environment),
            DataPath = Path.GetFullPath(reader.Text(Variables.DataPath)!),
            MigrateOnStart = reader.Flag(Variables.MigrateOnStart),
            MaxWasmBytes = (int)reader.Number(Variables.MaxWasmSize, 8, 256 * 1024 * 1024),
            MaxInputBytes = (int)reader.Number(Variables.MaxInputSize, 0, 256 * 1024 * 1024),
            Limits = new ExecutionLimits(
                reader.Seconds(Variables.ExecutionTimeout, 0.01, 3600),
                reader.Number(Variables.MemoryLimit, 65536, MemoryCeiling),
                (int)reader.Number(Variables.MaxOutputSize, 0, 256 * 1024 * 1024),
                reader.Number(Variables.FuelLimit, 0, long.MaxValue)),
            MaxExecutionTime = maxTime,
            MaxMemoryBytes = maxMemory,
            MaxConcurrentExecutions = concurrent,
            MaxConcurrentOfOne = (int)reader.Number(Variables.MaxConcurrentOfOne, 1, 1024, Math.Max(concurrent / ShareOfOne, Math.Min(concurrent, Environment.ProcessorCount))),
            MaxQueue = (int)reader.Number(Variables.MaxQueue, 0, 100_000),
            Release = new ReleaseIdentity(
                reader.Text(Variables.ReleaseVersion) ?? ReleaseIdentity.Unknown,
                reader.Text(Variables.ReleaseCommit) ?? ReleaseIdentity.Unknown,
                reader.Text(Variables.ReleaseDigest) ?? ReleaseIdentity.Unknown),
        };
        Combine(reader, settings, purpose);
        return reader.Faults.Count == 0 ? new ParsedSettings.Valid(settings) : new ParsedSettings.Faulty(reader.Faults);
    }

    /// <summary>What no variable can be asked alone.</summary>
    private static void Combine(SettingsReader reader, ServiceSettings settings, SettingsPurpose purpose)
    {
        if (settings.Limits.WallTime > settings.MaxExecutionTime)
            reader.Fault("EXECUTION_TIMEOUT is above MAX_EXECUTION_TIMEOUT; at most the ceiling is required.");
        if (settings.Limits.MemoryBytes > settings.MaxMemoryBytes)
            reader.Fault("MEMORY_LIMIT is above MAX_MEMORY_LIMIT; at most the ceiling is required.");
        if (settings.MigrateOnStart && settings.Environment != ServiceEnvironment.Research)
            reader.Fault("MIGRATE_ON_START is true; that is allowed with ENVIRONMENT=development only. Run \"WasmWizard.Service migrate\" before the rollout.");
        if (settings.Environment != ServiceEnvironment.Research)
            RequireForServers(reader, settings, purpose);
        if (purpose == SettingsPurpose.Serve)
            CheckListening(reader, settings);
    }

    private static void CheckListening(SettingsReader reader, ServiceSettings settings)
    {
        if ((settings.CertificatePath is null) != (settings.CertificateKeyPath is null))
            reader.Fault("Of SSL_CERT_PATH and SSL_KEY_PATH only one is set; both or none are required.");
        if (settings.CertificatePath is null && settings.Listen.Any(l => l.Tls))
            reader.Fault("LISTEN_URLS has an https address; SSL_CERT_PATH and SSL_KEY_PATH are required for it.");
        if (settings.CertificatePath is not null && !settings.Listen.Any(l => l.Tls))
            reader.Fault("SSL_CERT_PATH is set, but LISTEN_URLS has no https address; one is required to use the certificate.");
        if (!settings.AuthRequired && !settings.AllowAnonymous && settings.Listen.Any(l => !l.IsLoopback))
            reader.Fault("AUTH_REQUIRED is false and LISTEN_URLS goes beyond loopback; anyone could run code here. Set AUTH_REQUIRED=true, listen on 127.0.0.1, or set ALLOW_ANONYMOUS=true.");
    }

    private static void RequireForServers(SettingsReader reader, ServiceSettings settings, SettingsPurpose purpose)
    {
        var where = settings.Environment == ServiceEnvironment.Production ? "production" : "staging";
        if (settings.DatabaseUrl is null)
            reader.Fault($"DATABASE_URL is not set; {where} requires PostgreSQL.");
        if (purpose != SettingsPurpose.Serve)
            return;
        if (settings.RedisUrl is null)
            reader.Fault($"REDIS_URL is not set; {where} requires Redis.");
        if (!settings.AuthRequired)
            reader.Fault($"AUTH_REQUIRED is false; {where} requires true.");
        if (!settings.Encrypted)
            reader.Fault($"Neither SSL_CERT_PATH and SSL_KEY_PATH nor TRUST_PROXY=true is set; {where} requires TLS, here or at a proxy.");
    }

    private static ServiceEnvironment EnvironmentOf(SettingsReader reader)
    {
        var text = reader.Text(Variables.Environment);
        switch (text?.ToLowerInvariant())
        {
            case "production":
                return ServiceEnvironment.Production;
            case "staging":
                return ServiceEnvironment.Staging;
            case "development":
                return ServiceEnvironment.Research;
            default:
                reader.Fault(text is null
                    ? "ENVIRONMENT is not set; production, staging or development is required."
                    : $"ENVIRONMENT is \"{text}\"; production, staging or development is required.");
                return ServiceEnvironment.Research;
        }
    }

    private static bool RefusesWithoutRedis(SettingsReader reader, ServiceEnvironment environment)
    {
        var text = reader.Text(Variables.WithoutRedis);
        if (text is not (null or "refuse" or "allow"))
            reader.Fault($"RATE_LIMIT_WITHOUT_REDIS is \"{text}\"; refuse or allow is required.");
        return text is null ? environment != ServiceEnvironment.Research : text == "refuse";
    }

    private static LogLevel LevelOf(SettingsReader reader)
    {
        var alias = reader.Text(Variables.LogLevel);
        var text = alias ?? reader.Text(Variables.RustLog)!;
        if (LogLevels.Parse(text) is { } level)
            return level;
        reader.Fault($"{(alias is null ? "RUST_LOG" : "LOG_LEVEL")} is \"{text}\"; trace, debug, info, warn, error or off is required.");
        return LogLevel.Information;
    }

    private static List<ListenAddress> AddressesOf(SettingsReader reader)
    {
        var addresses = new List<ListenAddress>();
        foreach (var part in reader.Text(Variables.ListenUrls)!.Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (ListenAddress.Parse(part) is { } address)
                addresses.Add(address);
            else
                reader.Fault($"LISTEN_URLS has \"{part}\"; addresses such as http://127.0.0.1:8080 or https://*:8443 are required.");
        }

        return addresses;
    }

    /// <summary>A fault never repeats the value: it may carry a password.</summary>
    private static string? UrlOf(SettingsReader reader, Variable variable, bool single, params string[] schemes)
    {
        if (reader.Text(variable) is not { } text)
            return null;
        foreach (var part in single ? [text] : text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(part, UriKind.Absolute, out var uri) || !schemes.Contains(uri.Scheme) || uri.Host.Length == 0)
            {
                reader.Fault($"{variable.Name} is not a URL of the form {schemes[0]}://user:password@host:port/...; its value is not shown, as it may be secret.");
                return null;
            }
        }

        return text;
    }

    /// <summary>What the driver would refuse later is refused here.</summary>
    private static string? DatabaseUrlOf(SettingsReader reader)
    {
        if (UrlOf(reader, Variables.DatabaseUrl, single: true, "postgres", "postgresql") is not { } url)
            return null;
        try
        {
            PostgresUrl.ToConnectionString(url);
            return url;
        }
        catch (FormatException exception)
        {
            reader.Fault($"DATABASE_URL cannot be used: {exception.Message}");
            return null;
        }
    }
}
