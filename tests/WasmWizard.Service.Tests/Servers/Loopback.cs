using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace WasmWizard.Service.Tests.Servers;

/// <summary>What the real servers of the tests share: a free port, and programs that are started, waited for and ended.</summary>
internal static class Loopback
{
    /// <summary>A safety net far above the time that a server takes to start.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    public static void Run(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {output.Result}{errors}");
    }

    /// <summary>Asks until it answers.</summary>
    public static async Task UntilAsync(Func<Task> ask)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                await ask();
                return;
            }
            catch (Exception failure) when (failure is not OperationCanceledException && !deadline.IsCancellationRequested)
            {
                await Task.Delay(20, deadline.Token);
            }
        }
    }

    /// <summary>The program, looked for on the PATH and in the folders that Debian gives to servers.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Order().Reverse().Select(version => Path.Combine(version, "bin")) : [])
            .Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
