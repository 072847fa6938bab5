using System.Diagnostics;
using System.Globalization;

namespace WasmWizard.Service.Tests.Servers;

/// <summary>The service as a process of its own on a loopback port of the system's choice.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Process _process;

    private readonly (string Name, string Value)[] _variables;

    private ServiceProcess((string Name, string Value)[] variables)
    {
        _variables = variables;
        _process = Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "WasmWizard.Service.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ENVIRONMENT"] = "development",
                ["AUTH_REQUIRED"] = "false",
                ["RUST_LOG"] = "warn",
                ["DATA_PATH"] = _directory.File("data"),
                ["LISTEN_URLS"] = "http://127.0.0.1:0",
                ["LISTEN_ADDRESS_FILE"] = _directory.File("address"),
                ["MIGRATE_ON_START"] = "true",
            },
        };
        foreach (var (name, value) in _variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public static async Task<ServiceProcess> StartAsync(params (string Name, string Value)[] variables)
    {
        var service = new ServiceProcess(variables);
        await RunningService.UntilAsync(() => Task.FromResult(File.Exists(service._directory.File("address")) || service._process.HasExited));
        service.Address = new Uri(Assert.Single(await File.ReadAllLinesAsync(service._directory.File("address"))));
        return service;
    }

    /// <summary>A key made by the program's own command.</summary>
    public async Task<string> NewKeyAsync(string tier)
    {
        using var command = Start("admin", "create-key", "--role", "user", "--tier", tier);
        var key = (await command.StandardOutput.ReadToEndAsync()).Trim();
        await command.WaitForExitAsync();
        Assert.Equal(0, command.ExitCode);
        return key;
    }

    public HttpClient ClientWith(string? key)
    {
        var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(120) };
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    public async Task<double> MetricAsync(string series)
    {
        using var client = ClientWith(null);
        var line = (await client.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Split('\n').First(l => l.StartsWith(series + " ", StringComparison.Ordinal));
        return double.Parse(line[(series.Length + 1)..], CultureInfo.InvariantCulture);
    }

    /// <summary>Threads and open descriptors, as the kernel counts them.</summary>
    public (int Threads, int Descriptors) Held() =>
        (Directory.GetDirectories($"/proc/{_process.Id}/task").Length, Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd").Length);

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Dispose();
    }
}
