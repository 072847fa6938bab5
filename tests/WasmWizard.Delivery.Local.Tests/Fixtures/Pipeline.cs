using System.Diagnostics;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Local.Tests.Fixtures;

/// <summary>A pipeline in a process of its own, which a test may kill.</summary>
internal sealed class Pipeline : IDisposable
{
    private readonly Process _process;

    private Pipeline(Process process) => _process = process;

    public static Pipeline Deploy(Place place, Deliverable wanted)
    {
        var description = Path.Combine(place.Root, $"{wanted.Release.Id}.json");
        File.WriteAllText(description, ReleaseJson.Write(wanted.Release));
        return Start(place.Root, description, wanted.Layer, Repository.FrontBinaries, Repository.Dotnet, "http://127.0.0.1:0");
    }

    /// <summary>Takes the lock and keeps it until it is killed; returns when it has it.</summary>
    public static async Task<Pipeline> HoldLock(Place place)
    {
        var pipeline = Start("hold-lock", place.Root);
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

    private static Pipeline Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Repository.Dotnet) { RedirectStandardOutput = true };
        foreach (var argument in (string[])["exec", Repository.Driver, .. arguments])
            start.ArgumentList.Add(argument);
        return new Pipeline(Process.Start(start)!);
    }
}
