using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WasmWizard.EndToEnd.Tests;

/// <summary>A clone of this repository's HEAD in a new folder with a state and a cache of its own; everything it started ends with it.</summary>
public sealed class FreshClone : IAsyncLifetime
{
    /// <summary>A safety net: a deployment takes minutes, and several times as long where other builds run beside it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(45);

    /// <summary>The projects of a solution that makes one release: the service, and tests of something that cover too little.</summary>
    public static readonly string[] OneRelease = ["WasmWizard.Service", "WasmWizard.Delivery", "WasmWizard.Delivery.Testing", "WasmWizard.Delivery.Tests"];

    private static readonly string[] ProjectFolders = ["build", "src", "tests", "benchmarks"];

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

    /// <summary>
    /// Puts the build program there that this repository has compiled, so that a clone with the same sources need not compile its own. That one is
    /// compiled from nothing is shown where a clone deploys.
    /// </summary>
    public void TakeCompiledProgram()
    {
        if (LatestProgram(Root) is not { } program)
            return;
        foreach (var file in Directory.GetFiles(program, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(Folder, Path.GetRelativePath(Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary><c>./build.sh</c> with this clone's own state.</summary>
    public Task<Ended> Build(params string[] arguments) => Run(Path.Combine(Folder, "build.sh"), Folder, arguments);

    /// <summary>The program that <see cref="Build"/> compiled, also where the files that it was compiled from have changed since.</summary>
    public Task<Ended> Program(params string[] arguments) => Run("dotnet", Folder, [CompiledProgram, .. arguments]);

    /// <summary>Commits a change that takes everything but these projects out of the solution.</summary>
    public async Task KeepOnly(params string[] kept)
    {
        var others = ProjectFolders
            .SelectMany(folder => Directory.GetFiles(Path.Combine(Folder, folder), "*.csproj", SearchOption.AllDirectories))
            .Where(project => !kept.Contains(Path.GetFileNameWithoutExtension(project)));
        var removed = await Run("dotnet", Folder, ["sln", "WasmWizard.sln", "remove", .. others]);
        Assert.True(removed.ExitCode == 0, removed.ToString());
        await Commit($"Keep {string.Join(", ", kept)} only");
    }

    public async Task Commit(string message)
    {
        var committed = await Run("git", Folder, "-c", "user.name=t", "-c", "user.email=t@example.test", "commit", "--quiet", "--all", "-m", message);
        Assert.True(committed.ExitCode == 0, committed.ToString());
    }

    /// <summary>Any command, run to its end in <paramref name="folder"/>.</summary>
    public Task<Ended> Run(string command, string folder, params string[] arguments) => Run(command, folder, null, arguments);

    /// <summary><c>./build.sh</c>, told to stop as Ctrl+C does when it first prints <paramref name="text"/>.</summary>
    /// <remarks>Where the tests run in the background of a shell, what they start would inherit that this signal is ignored.</remarks>
    public Task<Ended> Interrupt(string text, params string[] arguments) =>
        Run("env", Folder, text, ["--default-signal=INT", Path.Combine(Folder, "build.sh"), .. arguments]);

    /// <summary>Command lines of the processes that run out of this clone, the resident front and its instances left out.</summary>
    public IReadOnlyList<string> RunningBuilds() =>
        [.. Directory.GetDirectories("/proc").Select(CommandLine).Where(line => line.Contains(Folder, StringComparison.Ordinal) && !line.Contains("front", StringComparison.OrdinalIgnoreCase))];

    private async Task<Ended> Run(string command, string folder, string? interruptAt, string[] arguments)
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
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(_home, "cache");
        start.Environment["NUKE_ADDRESS"] = Address;
        // The run of these tests has compiled the same sources with analyzers: they take half of a compilation.
        start.Environment["RunAnalyzers"] = "false";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        var output = Read(process, interruptAt, patience.Token);
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

    private static async Task<string> Read(Process process, string? interruptAt, CancellationToken patience)
    {
        var said = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(patience) is { } line)
        {
            said.Append(line).Append('\n');
            if (interruptAt is null || !line.Contains(interruptAt, StringComparison.Ordinal))
                continue;
            interruptAt = null;
            using var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync(patience);
        }

        return said.ToString();
    }

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Variables by which the running test host and its MSBuild would reach into a build that is to start from nothing.</summary>
    private static bool IsOfTheTestRun(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("NUKE_", StringComparison.Ordinal)
        || name.StartsWith("GITHUB_", StringComparison.Ordinal)
        || name is "DOTNET_HOST_PATH";

    private string CompiledProgram => Path.Combine(LatestProgram(Folder)!, "_build.dll");

    private static string? LatestProgram(string root) =>
        new DirectoryInfo(Path.Combine(root, ".nuke", "temp", "build")) is { Exists: true } folder
            ? folder.GetFiles("host", SearchOption.AllDirectories).MaxBy(host => host.LastWriteTimeUtc)?.DirectoryName
            : null;

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
