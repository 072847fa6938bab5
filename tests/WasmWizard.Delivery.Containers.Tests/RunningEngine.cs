using System.Diagnostics;

namespace WasmWizard.Delivery.Containers.Tests;

/// <summary>A Docker of its own: socket, images and state lie in one folder, and no network of the machine is touched.</summary>
internal sealed class RunningEngine : IDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private RunningEngine(Process process, string folder, string address) => (_process, _folder, Address) = (process, folder, address);

    public string Address { get; }

    public static async Task<RunningEngine> StartAsync(string folder)
    {
        var address = $"unix://{folder}/docker.sock";
        var process = Process.Start(new ProcessStartInfo(
            "dockerd",
            [
                "--host", address, "--data-root", Path.Combine(folder, "data"), "--exec-root", Path.Combine(folder, "exec"), "--pidfile", Path.Combine(folder, "pid"),
                "--iptables=false", "--ip6tables=false", "--bridge=none", "--storage-driver", "vfs",
            ])
        { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
                ready.TrySetException(new InvalidOperationException("dockerd ended before it served"));
            else if (line.Data.Contains("API listen on", StringComparison.Ordinal))
                ready.TrySetResult();
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var running = new RunningEngine(process, folder, address);
        try
        {
            await ready.Task.WaitAsync(TimeSpan.FromMinutes(3));
            return running;
        }
        catch
        {
            running.Dispose();
            throw;
        }
    }

    /// <summary>The engine's own client; returns exit code and everything printed.</summary>
    public async Task<(int ExitCode, string Text)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("docker", ["-H", Address, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }

    /// <summary>SIGTERM lets it end its own containerd; its processes go with it where it does not answer. The network that containers shared stays mounted otherwise.</summary>
    public void Dispose()
    {
        using (var term = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            term.WaitForExit();
        if (!_process.WaitForExit(TimeSpan.FromMinutes(1)))
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
        var networks = Path.Combine(_folder, "exec", "netns");
        foreach (var mounted in Directory.Exists(networks) ? Directory.GetFiles(networks) : [])
            using (var unmount = Process.Start("umount", ["--lazy", mounted]))
                unmount.WaitForExit();
    }
}
