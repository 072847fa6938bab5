using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using WasmWizard.Delivery.Containers.Tests;

namespace WasmWizard.EndToEnd.Tests;

/// <summary>The published service, in a container or outside of one, with a database of its own; disposing ends it.</summary>
internal sealed class RunningImage : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Func<Task> _end;

    private RunningImage(string name, string address, double seconds, Func<Task> end) => (Name, Address, SecondsUntilReady, _end) = (name, address, seconds, end);

    /// <summary>Of the container; empty outside of one.</summary>
    public string Name { get; }

    public string Address { get; }

    public double SecondsUntilReady { get; }

    public static async Task<RunningImage> OutsideAsync(string program, string data)
    {
        Directory.CreateDirectory(data);
        var address = FreeAddress();
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Variables(address).Append(("DATA_PATH", data)).Append(("DOTNET_EnableDiagnostics", "0")))
            start.Environment[name] = value;
        var since = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new("", address, await UntilReadyAsync(address, since, () => Task.FromResult("no log")), async () =>
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        });
    }

    /// <summary>As the strategy's operators start it, on the machine's network because this engine has none of its own.</summary>
    public static async Task<RunningImage> InContainerAsync(RunningEngine engine, string image)
    {
        var (name, address) = ($"ww-{Guid.NewGuid():N}", FreeAddress());
        string[] variables = [.. Variables(address).SelectMany(variable => new[] { "--env", $"{variable.Name}={variable.Value}" })];
        await Succeeds(engine, ["create", "--name", name, "--network", "host", "--read-only", "--tmpfs", "/data", "--user", "65532", .. variables, image]);
        var since = Stopwatch.GetTimestamp();
        await Succeeds(engine, "start", name);
        var seconds = await UntilReadyAsync(address, since, async () => (await engine.RunAsync("logs", name)).Text);
        return new(name, address, seconds, () => Succeeds(engine, "rm", "--force", name));
    }

    public void Dispose() => _end().GetAwaiter().GetResult();

    private static IEnumerable<(string Name, string Value)> Variables(string address) =>
        [("ENVIRONMENT", "development"), ("AUTH_REQUIRED", "false"), ("MIGRATE_ON_START", "true"), ("LISTEN_URLS", address)];

    /// <summary>Asks until it is ready; the time is taken from before it was started.</summary>
    private static async Task<double> UntilReadyAsync(string address, long since, Func<Task<string>> log)
    {
        using var client = new HttpClient();
        var last = "nothing yet";
        while (Stopwatch.GetElapsedTime(since) < Patience)
        {
            try
            {
                using var response = await client.GetAsync(new Uri($"{address}/health/ready"));
                if (response.StatusCode == HttpStatusCode.OK)
                    return Stopwatch.GetElapsedTime(since).TotalSeconds;
                last = await response.Content.ReadAsStringAsync();
            }
            catch (HttpRequestException problem)
            {
                last = problem.Message;
            }

            await Task.Delay(10);
        }

        throw new TimeoutException($"not ready within {Patience}: {last}\n{await log()}");
    }

    private static async Task Succeeds(RunningEngine engine, params string[] arguments)
    {
        var (code, text) = await engine.RunAsync(arguments);
        Assert.True(code == 0, text);
    }

    private static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }
}
