using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

/// <summary>PostgreSQL and Redis on loopback, on free ports, with data that is gone afterwards.</summary>
public sealed class ThrowAwayServers : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Tools = ["initdb", "postgres", "redis-server"];

    private readonly string _folder = Directory.CreateTempSubdirectory("wasm-wizard-integration-").FullName;
    private readonly int _postgresPort = FreePort();
    private readonly int _redisPort = FreePort();
    private Running? _postgres;
    private Running? _redis;

    /// <summary>What a run needs and this machine lacks.</summary>
    public static IReadOnlyList<string> Missing => [.. Tools.Where(tool => MachineTools.Find(tool) is null)];

    public string DatabaseUrl => string.Create(CultureInfo.InvariantCulture, $"postgres://wizard:unused@127.0.0.1:{_postgresPort}/postgres");

    public string RedisUrl => string.Create(CultureInfo.InvariantCulture, $"redis://127.0.0.1:{_redisPort}");

    /// <summary>Name and version of both.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    /// <summary>PostgreSQL refuses to run as root; then it runs as the user that its package made.</summary>
    private static bool IsRoot => Environment.UserName == "root";

    /// <exception cref="InvalidOperationException">One of them does not come up; the message has what it said.</exception>
    public async Task Start(CancellationToken cancellation)
    {
        var (postgres, redis) = (MachineTools.Find("postgres")!, MachineTools.Find("redis-server")!);
        if (IsRoot)
            await Succeed("chown", ["postgres", _folder], cancellation);
        var data = Path.Combine(_folder, "data");
        await Succeed(Server(MachineTools.Find("initdb")!, ["-D", data, "-U", "wizard", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"]), cancellation);
        var (program, arguments) = Server(postgres,
        [
            "-D", data, "-p", Text(_postgresPort), "-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={_folder}", "-c", "fsync=off",
        ]);
        _postgres = Running.Start(program, arguments);
        _redis = Running.Start(redis, ["--port", Text(_redisPort), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
        await Answers("PostgreSQL", _postgres, "ready to accept connections", cancellation);
        await Answers("Redis", _redis, "eady to accept connections", cancellation);
        Names = [await Version(postgres, cancellation), await Version(redis, cancellation)];
    }

    public async ValueTask DisposeAsync()
    {
        // The interrupt ends PostgreSQL's fast shutdown path with its children; killing the postmaster alone would leave them.
        if (_postgres is not null && File.Exists(Path.Combine(_folder, "data", "postmaster.pid")))
        {
            var postmaster = File.ReadLines(Path.Combine(_folder, "data", "postmaster.pid")).First();
            using var kill = Process.Start("kill", ["-INT", postmaster]);
            await kill.WaitForExitAsync();
            await _postgres.End(Patience, CancellationToken.None);
        }

        _postgres?.Dispose();
        _redis?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task Answers(string name, Running server, string ready, CancellationToken cancellation)
    {
        var started = Stopwatch.StartNew();
        while (!server.Said.Contains(ready, StringComparison.Ordinal))
        {
            if (server.HasEnded || started.Elapsed > Patience)
                throw new InvalidOperationException($"{name} {(server.HasEnded ? "ended at once" : $"is not ready after {Patience.TotalSeconds:0} s")}: {server.Said.Trim()}");
            await Task.Delay(20, cancellation);
        }
    }

    private static async Task<string> Version(string program, CancellationToken cancellation)
    {
        using var asked = Running.Start(program, ["--version"]);
        await asked.End(Patience, cancellation);
        return asked.Said.Split('\n')[0].Replace("postgres (PostgreSQL)", "PostgreSQL", StringComparison.Ordinal).Replace("Redis server v=", "Redis ", StringComparison.Ordinal).Split(" sha=")[0].Split(" (")[0];
    }

    private static Task Succeed((string Program, string[] Arguments) command, CancellationToken cancellation) => Succeed(command.Program, command.Arguments, cancellation);

    private static async Task Succeed(string program, string[] arguments, CancellationToken cancellation)
    {
        using var running = Running.Start(program, arguments);
        var exitCode = await running.End(Patience, cancellation);
        if (exitCode != 0)
            throw new InvalidOperationException($"{program} ended with exit code {exitCode}: {running.Said}");
    }

    private static (string Program, string[] Arguments) Server(string program, string[] arguments) =>
        IsRoot ? ("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments]) : (program, arguments);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
