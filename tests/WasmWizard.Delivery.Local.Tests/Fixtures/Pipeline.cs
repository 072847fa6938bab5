using System.Diagnostics;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Local.Tests.Fixtures;

/// <summary>A pipeline in a process of its own, which a test may kill.</summary>
internal sealed class Pipeline : IDisposable
{
    private readonly Process _process;

    private Pipeline(Process process) => _process = process;

    public static Pipeline Deploy(Place place, Deliverable wanted, params (string Name, string Value)[] environment)
    {
        var description = Path.Combine(place.Root, $"{wanted.Release.Id}.json");
        File.WriteAllText(description, ReleaseJson.Write(wanted.Release));
        return Start(environment, place.Root, description, wanted.Layer, Repository.FrontBinaries, Repository.Dotnet, "http://127.0.0.1:0");
    }

    /// <summary>Takes the lock and keeps it until it is killed; returns when it has it.</summary>
    public static async Task<Pipeline> HoldLock(Place place)
    {
        var pipeline = Start([], "hold-lock", place.Root);
        Assert.StartsWith("Acquired", await pipeline.NextLine(), StringComparison.Ordinal);
        return pipeline;
    }

    /// <summary>The next event; null when the process has ended.</summary>
    public async Task<string?> NextLine() => await _process.StandardOutput.ReadLineAsync();

    public Task Ended() => _process.WaitForExitAsync();

    /// <summary>SIGKILL: nothing is cleaned up.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    /// <summary>Its stdout is also its descriptor 9, as scripts do it: whatever inherits that keeps the reader waiting.</summary>
    private static Pipeline Start((string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true };
        foreach (var argument in (string[])["-c", "exec \"$@\" 9>&1", "sh", Repository.Dotnet, "exec", Repository.Driver, .. arguments])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new Pipeline(Process.Start(start)!);
    }
}
