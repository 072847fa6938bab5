using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace WasmWizard.Service.Tests.Servers;

/// <summary>A PostgreSQL of its own on loopback, with a database for whoever asks.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wasm-wizard-postgres-").FullName;
    private readonly int _port = Loopback.FreePort();
    private Process? _process;

    public bool IsRunning => _process is not null;

    private string Data => Path.Combine(_folder, "data");

    /// <summary>PostgreSQL refuses to run as root; then it runs as the user that its package made.</summary>
    private static bool IsRoot => Environment.UserName == "root";

    public async Task InitializeAsync()
    {
        if (Loopback.Find("initdb") is not { } initdb)
            return;
        if (IsRoot)
            Loopback.Run("chown", "postgres", _folder);
        Run(initdb, "-D", Data, "-U", "wizard", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C");
        await StartAsync();
    }

    /// <summary>Also after <see cref="Stop"/>: the same data on the same port.</summary>
    public async Task StartAsync()
    {
        string[] arguments =
        [
            "-D", Data, "-p", _port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={_folder}",
            "-c", "fsync=off", "-c", "max_connections=200",
        ];
        var (program, all) = AsServer(Loopback.Find("postgres")!, arguments);
        _process = Loopback.Start(program, all);
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Loopback.UntilAsync(async () =>
        {
            await using var connection = new NpgsqlConnection(ConnectionTo("postgres"));
            await connection.OpenAsync();
        });
    }

    /// <summary>Ends it at once, as a crash does.</summary>
    public void Stop()
    {
        if (_process is null)
            return;
        NpgsqlConnection.ClearAllPools();
        var postmaster = File.ReadLines(Path.Combine(Data, "postmaster.pid")).First();
        Loopback.Run("kill", "-QUIT", postmaster);
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>The URL of a new, empty database.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        var name = $"t{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(ConnectionTo("postgres"));
        await connection.OpenAsync();
#pragma warning disable CA2100 // The name is made of hexadecimal digits above.
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
        return string.Create(CultureInfo.InvariantCulture, $"postgres://wizard:secret@127.0.0.1:{_port}/{name}");
    }

    public Task DisposeAsync()
    {
        Stop();
        if (IsRoot)
            Loopback.Run("rm", "-rf", _folder);
        else
            Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    private string ConnectionTo(string database) => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=wizard;Database={database};Pooling=false;Timeout=2");

    private static void Run(string program, params string[] arguments)
    {
        var (started, all) = AsServer(program, arguments);
        Loopback.Run(started, all);
    }

    private static (string Program, string[] Arguments) AsServer(string program, string[] arguments) =>
        IsRoot ? ("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments]) : (program, arguments);
}
