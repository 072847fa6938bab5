using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace WasmWizard.Delivery.Containers.Tests;

/// <summary>Debian's registry on loopback, with a folder of its own.</summary>
internal sealed class RunningRegistry : IDisposable
{
    private readonly Process _process;

    private RunningRegistry(Process process, string host) => (_process, Host) = (process, host);

    public string Host { get; }

    public static async Task<RunningRegistry> StartAsync(string folder)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var configuration = Path.Combine(folder, "registry.yml");
        await File.WriteAllTextAsync(configuration, $"version: 0.1\nlog:\n  level: error\nstorage:\n  filesystem:\n    rootdirectory: {folder}/registry\nhttp:\n  addr: 127.0.0.1:{port}\n");
        var process = Process.Start(new ProcessStartInfo("docker-registry", ["serve", configuration]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var running = new RunningRegistry(process, $"127.0.0.1:{port}");
        await running.AnswerAsync();
        return running;
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>A registry answers its root as soon as it serves.</summary>
    private async Task AnswerAsync()
    {
        using var client = new HttpClient();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            Assert.False(_process.HasExited, "docker-registry ended by itself");
            try
            {
                using var response = await client.GetAsync(new Uri($"http://{Host}/v2/"), patience.Token);
                if (response.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50, patience.Token);
            }
        }
    }
}
