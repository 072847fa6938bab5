using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace WasmWizard.EndToEnd.Tests;

/// <summary>A clone of this repository's HEAD in a new folder with a state of its own; everything it started ends with it.</summary>
public sealed class FreshClone : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private readonly string _home = Directory.CreateTempSubdirectory("ww-clone-").FullName;

    public string Folder => Path.Combine(_home, "clone");

    /// <summary>The address that this clone's deployments listen on: loopback, a port that was free.</summary>
    public string Address { get; } = $"http://127.0.0.1:{FreePort()}";

    public async Task InitializeAsync()
    {
        var cloned = await Run("git", _home, "clone", "--quiet", Root, Folder);
        Assert.True(cloned.ExitCode == 0, cloned.ToString());
    }

    public async Task DisposeAsync()
    {
        await Build("Stop", "--branch", "research");
        Directory.Delete(_home, recursive: true);
    }

    /// <summary><c>./build.sh</c> with this clone's own state.</summary>
    public Task<Ended> Build(params string[] arguments) => Run(Path.Combine(Folder, "build.sh"), Folder, arguments);

    /// <summary>Any command, run to its end in <paramref name="folder"/>.</summary>
    public async Task<Ended> Run(string command, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsOfTheTestRun).ToList())
            start.Environment.Remove(name);
        start.Environment["NUKE_STATE"] = Path.Combine(_home, "state");
        start.Environment["NUKE_ADDRESS"] = Address;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return new(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{command} {string.Join(' ', arguments)} did not end within {Patience}.");
        }
    }

    /// <summary>Variables by which the running test host and its MSBuild would reach into a build that is to start from nothing.</summary>
    private static bool IsOfTheTestRun(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("NUKE_", StringComparison.Ordinal)
        || name.StartsWith("GITHUB_", StringComparison.Ordinal)
        || name is "DOTNET_HOST_PATH";

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "WasmWizard.sln")))
                folder = folder.Parent ?? throw new DirectoryNotFoundException("WasmWizard.sln is in no folder above the tests.");
            return folder.FullName;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>How a command ended and all that it said.</summary>
public sealed record Ended(int ExitCode, string Output, string Error)
{
    public override string ToString() => $"exit {ExitCode}\n--- stdout\n{Output}\n--- stderr\n{Error}";
}
