using Microsoft.Extensions.Logging;
using WasmWizard.Service.Settings;

namespace WasmWizard.Service.Tests;

public class SettingsSpecs
{
    private static readonly Dictionary<string, string> Production = new()
    {
        ["ENVIRONMENT"] = "production",
        ["DATABASE_URL"] = "postgres://wizard:hunter2@db/wizard",
        ["REDIS_URL"] = "redis://a:6379,redis://b:6379",
        ["TRUST_PROXY"] = "true",
    };

    [Fact]
    public void The_defaults_are_those_of_the_policy()
    {
        var settings = Valid(("ENVIRONMENT", "development"));
        Assert.Equal(ServiceEnvironment.Research, settings.Environment);
        Assert.Equal((true, false, false, false), (settings.AuthRequired, settings.AllowAnonymous, settings.TrustProxy, settings.MigrateOnStart));
        Assert.Equal(LogLevel.Information, settings.LogLevel);
        Assert.Equal([ListenAddress.Parse("http://127.0.0.1:8080")!], settings.Listen);
        Assert.Equal((10 * 1024 * 1024, 1024 * 1024, 1024 * 1024), (settings.MaxWasmBytes, settings.MaxInputBytes, settings.Limits.OutputBytes));
        Assert.Equal((TimeSpan.FromSeconds(5), 128L * 1024 * 1024, 0L), (settings.Limits.WallTime, settings.Limits.MemoryBytes, settings.Limits.Fuel));
        Assert.Equal((TimeSpan.FromSeconds(30), 512L * 1024 * 1024), (settings.MaxExecutionTime, settings.MaxMemoryBytes));
        Assert.Equal((8 * Environment.ProcessorCount, 256), (settings.MaxConcurrentExecutions, settings.MaxQueue));
        Assert.Equal(new ReleaseIdentity("unknown", "unknown", "unknown"), settings.Release);
        Assert.Equal(Path.GetFullPath("data"), settings.DataPath);
        Assert.False(settings.Encrypted);
    }

    [Fact]
    public void Production_starts_with_what_it_requires()
    {
        var settings = Valid([.. Production.Select(p => (p.Key, p.Value))]);
        Assert.Equal(ServiceEnvironment.Production, settings.Environment);
        Assert.True(settings.AuthRequired);
        Assert.True(settings.Encrypted);
    }

    [Theory]
    [InlineData("ENVIRONMENT", "", "ENVIRONMENT is not set")]
    [InlineData("ENVIRONMENT", "test", "ENVIRONMENT is \"test\"; production, staging or development is required.")]
    [InlineData("AUTH_REQUIRED", "yes", "AUTH_REQUIRED is \"yes\"; true or false is required.")]
    [InlineData("ALLOW_ANONYMOUS", "2", "ALLOW_ANONYMOUS is \"2\"")]
    [InlineData("RUST_LOG", "loud", "RUST_LOG is \"loud\"")]
    [InlineData("LOG_LEVEL", "a=b", "LOG_LEVEL is \"a=b\"")]
    [InlineData("DATABASE_URL", "mysql://u:hunter2@h/d", "DATABASE_URL is not a URL of the form postgres://")]
    [InlineData("DATABASE_URL", "postgres", "DATABASE_URL is not a URL")]
    [InlineData("REDIS_URL", "redis://a,http://hunter2", "REDIS_URL is not a URL of the form redis://")]
    [InlineData("LISTEN_URLS", "ftp://127.0.0.1", "LISTEN_URLS has \"ftp://127.0.0.1\"")]
    [InlineData("LISTEN_URLS", "http://example.org:80", "LISTEN_URLS has \"http://example.org:80\"")]
    [InlineData("LISTEN_URLS", "http://127.0.0.1:80/path", "LISTEN_URLS has")]
    [InlineData("LISTEN_URLS", "https://127.0.0.1:8443", "SSL_CERT_PATH and SSL_KEY_PATH are required")]
    [InlineData("SSL_CERT_PATH", "/c.pem", "Of SSL_CERT_PATH and SSL_KEY_PATH only one is set")]
    [InlineData("SSL_KEY_PATH", "/k.pem", "Of SSL_CERT_PATH and SSL_KEY_PATH only one is set")]
    [InlineData("MAX_WASM_SIZE", "10MB", "MAX_WASM_SIZE is \"10MB\"; a whole number from 8 to 268435456 is required.")]
    [InlineData("MAX_INPUT_SIZE", "-1", "MAX_INPUT_SIZE is \"-1\"")]
    [InlineData("MAX_OUTPUT_SIZE", "9999999999999999999999", "MAX_OUTPUT_SIZE is")]
    [InlineData("EXECUTION_TIMEOUT", "0", "EXECUTION_TIMEOUT is \"0\"")]
    [InlineData("EXECUTION_TIMEOUT", "31", "EXECUTION_TIMEOUT is above MAX_EXECUTION_TIMEOUT")]
    [InlineData("EXECUTION_TIMEOUT", "1,5", "EXECUTION_TIMEOUT is \"1,5\"")]
    [InlineData("MEMORY_LIMIT", "1000", "MEMORY_LIMIT is \"1000\"")]
    [InlineData("MEMORY_LIMIT", "536870913", "MEMORY_LIMIT is above MAX_MEMORY_LIMIT")]
    [InlineData("MAX_MEMORY_LIMIT", "4294967296", "MAX_MEMORY_LIMIT is")]
    [InlineData("MAX_EXECUTION_TIMEOUT", "x", "MAX_EXECUTION_TIMEOUT is")]
    [InlineData("FUEL_LIMIT", "-1", "FUEL_LIMIT is")]
    [InlineData("MAX_CONCURRENT_EXECUTIONS", "0", "MAX_CONCURRENT_EXECUTIONS is")]
    [InlineData("MAX_QUEUE", "many", "MAX_QUEUE is")]
    [InlineData("DATA_PATH_FILE", "/missing", "DATA_PATH_FILE names /missing, which cannot be read")]
    [InlineData("DATA_PATH_FILE", "/empty", "DATA_PATH_FILE names /empty, which is empty")]
    public void A_bad_value_is_named_with_what_is_required(string name, string value, string fault)
    {
        var faults = Faults(("ENVIRONMENT", "development"), (name, value));
        Assert.Contains(faults, f => f.Contains(fault, StringComparison.Ordinal));
        Assert.DoesNotContain(faults, f => f.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public void All_faults_come_in_one_message()
    {
        var faults = Faults(("ENVIRONMENT", "production"), ("AUTH_REQUIRED", "false"), ("MAX_QUEUE", "x"), ("MIGRATE_ON_START", "true"), ("LISTEN_URLS", "http://*:80"));
        Assert.Equal(
        [
            "MAX_QUEUE is \"x\"; a whole number from 0 to 100000 is required.",
            "MIGRATE_ON_START is true; that is allowed with ENVIRONMENT=development only. Run \"WasmWizard.Service migrate\" before the rollout.",
            "DATABASE_URL is not set; production requires PostgreSQL.",
            "REDIS_URL is not set; production requires Redis.",
            "AUTH_REQUIRED is false; production requires true.",
            "Neither SSL_CERT_PATH and SSL_KEY_PATH nor TRUST_PROXY=true is set; production requires TLS, here or at a proxy.",
            "AUTH_REQUIRED is false and LISTEN_URLS goes beyond loopback; anyone could run code here. Set AUTH_REQUIRED=true, listen on 127.0.0.1, or set ALLOW_ANONYMOUS=true.",
        ], faults);
        Assert.Equal(faults.Count + 1, new ParsedSettings.Faulty(faults).Message.Split(Environment.NewLine).Length);
    }

    [Theory]
    [InlineData("DATABASE_URL")]
    [InlineData("REDIS_URL")]
    [InlineData("TRUST_PROXY")]
    public void Staging_refuses_to_start_without(string name)
    {
        var variables = Production.Where(p => p.Key != name).Append(new("ENVIRONMENT", "staging")).GroupBy(p => p.Key).Select(g => (g.Key, g.Last().Value)).ToArray();
        Assert.Contains("staging requires", Assert.Single(Faults(variables)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_migration_needs_the_database_only()
    {
        var variables = new Dictionary<string, string> { ["ENVIRONMENT"] = "production", ["DATABASE_URL"] = "postgresql://db/wizard", ["LISTEN_URLS"] = "https://*:443" };
        Assert.IsType<ParsedSettings.Valid>(ServiceSettings.Parse(variables, SettingsPurpose.Migrate, ReadFile));
        variables.Remove("DATABASE_URL");
        Assert.IsType<ParsedSettings.Faulty>(ServiceSettings.Parse(variables, SettingsPurpose.Migrate, ReadFile));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", false, true)]
    [InlineData("http://localhost:1", false, true)]
    [InlineData("http://[::1]:1", false, true)]
    [InlineData("http://*:1", false, false)]
    [InlineData("http://+:1", false, false)]
    [InlineData("http://0.0.0.0:1", false, false)]
    [InlineData("http://10.0.0.1:1", false, false)]
    [InlineData("http://*:1", true, true)]
    public void Without_keys_only_loopback_or_an_explicit_yes(string address, bool allow, bool starts)
    {
        var parsed = Parse(("ENVIRONMENT", "development"), ("AUTH_REQUIRED", "false"), ("LISTEN_URLS", address), ("ALLOW_ANONYMOUS", allow ? "true" : "false"));
        Assert.Equal(starts, parsed is ParsedSettings.Valid);
    }

    [Fact]
    public void Several_addresses_may_be_given()
    {
        var settings = Valid(("ENVIRONMENT", "development"), ("LISTEN_URLS", "http://127.0.0.1:0; https://*:8443,http://[::1]:81"), ("SSL_CERT_PATH", "/c"), ("SSL_KEY_PATH", "/k"));
        Assert.Equal(["False 127.0.0.1 0", "True  8443", "False ::1 81"], settings.Listen.Select(l => $"{l.Tls} {l.Address} {l.Port}"));
    }

    [Theory]
    [InlineData("trace", LogLevel.Trace)]
    [InlineData("DEBUG", LogLevel.Debug)]
    [InlineData("info", LogLevel.Information)]
    [InlineData("warn", LogLevel.Warning)]
    [InlineData("error", LogLevel.Error)]
    [InlineData("off", LogLevel.None)]
    [InlineData("wasm_wizard=trace,warn", LogLevel.Warning)]
    [InlineData("wasm_wizard=debug,sqlx=warn", LogLevel.Debug)]
    public void Levels_are_read_as_the_strategy_writes_them(string text, LogLevel level) =>
        Assert.Equal(level, Valid(("ENVIRONMENT", "development"), ("RUST_LOG", text)).LogLevel);

    [Fact]
    public void LOG_LEVEL_wins_over_RUST_LOG() =>
        Assert.Equal(LogLevel.Error, Valid(("ENVIRONMENT", "development"), ("RUST_LOG", "trace"), ("LOG_LEVEL", "error")).LogLevel);

    [Fact]
    public void A_certificate_without_an_https_address_is_a_fault() =>
        Assert.Contains("no https address", Assert.Single(Faults(("ENVIRONMENT", "development"), ("SSL_CERT_PATH", "/c"), ("SSL_KEY_PATH", "/k"))), StringComparison.Ordinal);

    [Fact]
    public void A_mounted_secret_is_read_from_its_file()
    {
        var settings = Valid(("ENVIRONMENT_FILE", "/environment"), ("MAX_QUEUE", "  "), ("DATABASE_URL_FILE", "/database"));
        Assert.Equal("postgres://from-file/db", settings.DatabaseUrl);
        Assert.Equal(256, settings.MaxQueue);
    }

    [Fact]
    public void A_value_and_its_file_at_once_are_a_fault() =>
        Assert.Contains("both set", Assert.Single(Faults(("ENVIRONMENT", "development"), ("ENVIRONMENT_FILE", "/environment"))), StringComparison.Ordinal);

    [Fact]
    public void Printing_settings_shows_no_secret() =>
        Assert.DoesNotContain("hunter2", Valid([.. Production.Select(p => (p.Key, p.Value))]).ToString(), StringComparison.Ordinal);

    private static ServiceSettings Valid(params (string Name, string Value)[] variables)
    {
        var parsed = Parse(variables);
        return parsed is ParsedSettings.Valid valid ? valid.Settings : throw new Xunit.Sdk.XunitException(((ParsedSettings.Faulty)parsed).Message);
    }

    private static IReadOnlyList<string> Faults(params (string Name, string Value)[] variables) => Assert.IsType<ParsedSettings.Faulty>(Parse(variables)).Faults;

    private static ParsedSettings Parse(params (string Name, string Value)[] variables)
    {
        var environment = new Dictionary<string, string>();
        foreach (var (name, value) in variables)
            environment[name] = value;
        return ServiceSettings.Parse(environment, SettingsPurpose.Serve, ReadFile);
    }

    private static string ReadFile(string path) => path switch
    {
        "/environment" => "development\n",
        "/database" => "postgres://from-file/db\n",
        "/empty" => " \n",
        _ => throw new FileNotFoundException(),
    };
}
