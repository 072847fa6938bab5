using WasmWizard.Service.Commands;

namespace WasmWizard.Service.Tests;

public sealed class CommandLineSpecs : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Dictionary<string, string> _variables;
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public CommandLineSpecs() => _variables = new Dictionary<string, string>
    {
        ["ENVIRONMENT"] = "development",
        ["AUTH_REQUIRED"] = "false",
        ["DATA_PATH"] = _directory.Path,
        ["LISTEN_URLS"] = "http://127.0.0.1:0",
        ["RUST_LOG"] = "off",
    };

    public void Dispose()
    {
        _directory.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public async Task Health_asks_the_service_that_runs_there()
    {
        await using (var service = await RunningService.StartAsync())
        {
            _variables["LISTEN_URLS"] = service.Client.BaseAddress!.ToString();
            Assert.Equal(0, await RunAsync("health"));
        }

        Assert.Equal(1, await RunAsync("health"));
        Assert.Contains("does not answer", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_says_why_a_service_is_not_ready()
    {
        await using var service = await RunningService.StartAsync(migrate: false);
        _variables["LISTEN_URLS"] = service.Client.BaseAddress!.ToString().Replace("127.0.0.1", "*", StringComparison.Ordinal);
        _variables["AUTH_REQUIRED"] = "true";

        Assert.Equal(1, await RunAsync("health"));
        Assert.Contains("answers 503; 200 is required", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_migrate_check_tell_the_schemas_way()
    {
        Assert.Equal(3, await RunAsync("check"));
        Assert.Equal("""{"applied":[],"pending":["0001_usage_logs","0002_accounts"],"unknown":[],"altered":[]}""", Printed());
        Assert.Equal(0, await RunAsync("migrate"));
        Assert.Equal("applied 0001_usage_logs\napplied 0002_accounts", Printed().ReplaceLineEndings("\n"));
        Assert.Equal(0, await RunAsync("migrate"));
        Assert.Equal("", Printed());
        Assert.Equal(0, await RunAsync("check"));
        Assert.Equal("""{"applied":["0001_usage_logs","0002_accounts"],"pending":[],"unknown":[],"altered":[]}""", Printed());
    }

    [Fact]
    public async Task An_altered_migration_refuses_with_3()
    {
        await RunAsync("migrate");
        await using (var connection = await new Data.SqliteDatabase(_directory.File("wasm-wizard.db")).OpenAsync(CancellationToken.None))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE schema_migrations SET checksum = 'other'";
            await command.ExecuteNonQueryAsync();
        }

        Assert.Equal(3, await RunAsync("migrate"));
        Assert.Contains("0001_usage_logs, 0002_accounts was applied with another text", _errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, await RunAsync("check"));
    }

    [Fact]
    public async Task A_key_that_was_made_elsewhere_is_made_known_once_and_never_printed()
    {
        const string key = "ww_abcdefghijklmnopqrstuvwxyz012345";
        await RunAsync("migrate");
        Printed();
        var file = _directory.File("key");
        await File.WriteAllTextAsync(file, key + "\n");
        string[] register = ["admin", "register-key", "--role", "user", "--tier", "unlimited", "--user", "probe", "--file", file];

        Assert.Equal(3, await RunAsync("admin", "check-key", "--file", file));
        Assert.Equal(0, await RunAsync(register));
        Assert.Equal(0, await RunAsync("admin", "check-key", "--file", file));
        Assert.Equal(0, await RunAsync(register));

        Assert.Contains("The key holds already.", _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(key, $"{_output}{_errors}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_cannot_be_made_known_says_why()
    {
        await RunAsync("migrate");
        var file = _directory.File("key");
        await File.WriteAllTextAsync(file, "nothing");
        Assert.Equal(2, await RunAsync("admin", "register-key", "--role", "user", "--tier", "unlimited", "--file", file));
        Assert.Equal(2, await RunAsync("admin", "register-key", "--role", "user", "--tier", "unlimited", "--file", _directory.File("absent")));
        Assert.Equal(2, await RunAsync("admin", "register-key", "--role", "user", "--tier", "unlimited"));
        await File.WriteAllTextAsync(file, "ww_abcdefghijklmnopqrstuvwxyz012345");
        Assert.Equal(2, await RunAsync("admin", "register-key", "--role", "user", "--tier", "golden", "--file", file));
        Assert.Equal(0, await RunAsync("admin", "register-key", "--role", "user", "--tier", "free", "--user", "ada", "--file", file));
        await File.WriteAllTextAsync(file, "ww_abcdefghijklmnopqrstuvwxyz012346");
        Assert.Equal(2, await RunAsync("admin", "register-key", "--role", "admin", "--tier", "free", "--user", "ada", "--file", file));
        await using (var connection = await new Data.SqliteDatabase(_directory.File("wasm-wizard.db")).OpenAsync(CancellationToken.None))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE api_keys SET revoked_at = 1";
            await command.ExecuteNonQueryAsync();
        }

        await File.WriteAllTextAsync(file, "ww_abcdefghijklmnopqrstuvwxyz012345");
        Assert.Equal(3, await RunAsync("admin", "register-key", "--role", "user", "--tier", "free", "--user", "ada", "--file", file));
    }

    [Fact]
    public async Task The_contract_is_printed_without_any_setting()
    {
        _variables.Clear();
        Assert.Equal(0, await RunAsync("contract"));
        Assert.Equal(ServiceContract.ToJson(), _output.ToString());
    }

    [Theory]
    [InlineData(0, "usage: WasmWizard.Service", "help")]
    [InlineData(0, "usage: WasmWizard.Service", "--help")]
    [InlineData(2, "\"fly\" is not a command.", "fly")]
    [InlineData(2, "\"migrate now\" is not a command.", "migrate", "now")]
    public async Task Help_is_given_when_asked_for_or_needed(int code, string text, params string[] arguments)
    {
        Assert.Equal(code, await RunAsync(arguments));
        Assert.Contains(text, $"{_output}{_errors}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_settings_stop_the_start_with_2_and_every_fault()
    {
        _variables["MAX_QUEUE"] = "x";
        _variables["RUST_LOG"] = "loud";
        Assert.Equal(2, await RunAsync());
        Assert.Contains("MAX_QUEUE", _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("RUST_LOG", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_path_that_cannot_be_made_stops_the_start()
    {
        await File.WriteAllTextAsync(_directory.File("file"), "");
        _variables["DATA_PATH"] = Path.Combine(_directory.File("file"), "below");
        Assert.Equal(2, await RunAsync());
        Assert.Contains("cannot be created", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_stops_the_start_with_a_sentence()
    {
        await using var other = await RunningService.StartAsync();
        _variables["LISTEN_URLS"] = other.Client.BaseAddress!.ToString();
        Assert.Equal(2, await RunAsync());
        Assert.StartsWith("The service cannot listen", _errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_is_none_stops_the_start()
    {
        await File.WriteAllTextAsync(_directory.File("c.pem"), "nothing");
        _variables["SSL_CERT_PATH"] = _directory.File("c.pem");
        _variables["SSL_KEY_PATH"] = _directory.File("c.pem");
        _variables["LISTEN_URLS"] = "https://127.0.0.1:0";
        Assert.Equal(2, await RunAsync());
        Assert.StartsWith("SSL_CERT_PATH and SSL_KEY_PATH name no usable certificate", _errors.ToString(), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(arguments, _variables, _output, _errors, CancellationToken.None);

    private string Printed()
    {
        var text = _output.ToString().Trim();
        _output.GetStringBuilder().Clear();
        return text;
    }
}
