using System.Runtime.CompilerServices;
using System.Text;
using WasmWizard.Delivery.Local.Protocol.Files;

namespace WasmWizard.Delivery.Local.State;

/// <summary>The log of the serving instance, or of the one that last wrote.</summary>
public sealed class LocalLogs(LocalState state)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <summary>Every log: the instances', the front's, that of the last migration.</summary>
    public IReadOnlyList<string> Names => !Directory.Exists(state.Front.Logs)
        ? []
        : [.. Directory.EnumerateFiles(state.Front.Logs, "*.log").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    /// <summary>The last lines, oldest first; with <paramref name="follow"/> also every further line until cancelled.</summary>
    /// <param name="name">One of <see cref="Names"/>; null for the routed instance, or the instance that wrote last when none is routed to.</param>
    /// <param name="lines">How many lines of the past.</param>
    /// <param name="follow">Go on with what is written from now on.</param>
    /// <param name="cancellation">Ends the following without an exception.</param>
    public async IAsyncEnumerable<string> Tail(
        string? name, int lines, bool follow, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if ((name ?? Default()) is not { } chosen)
            yield break;
        var path = state.Front.LogOf(chosen);
        var end = File.Exists(path) ? new FileInfo(path).Length : 0;
        foreach (var line in LogFile.Tail(path, lines))
            yield return line;
        var rest = "";
        while (follow && !cancellation.IsCancellationRequested)
        {
            var (text, length) = ReadFrom(path, end);
            end = length;
            var parts = (rest + text).Split('\n');
            rest = parts[^1];
            foreach (var line in parts[..^1])
                yield return line;
            await Task.Delay(Look, cancellation).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private string? Default()
    {
        var front = Fronts.LocalFront.Memory(state);
        if (front?.Route.Instance is { } routed)
            return routed;
        return Names.Where(name => name is not ("front" or "migrate"))
            .OrderByDescending(name => File.GetLastWriteTimeUtc(state.Front.LogOf(name)))
            .FirstOrDefault();
    }

    /// <summary>A log that became shorter was cut at its bound: it is read from its new beginning.</summary>
    private static (string Text, long End) ReadFrom(string path, long from)
    {
        if (!File.Exists(path))
            return ("", 0);
        using var log = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        log.Seek(log.Length < from ? 0 : from, SeekOrigin.Begin);
        using var reader = new StreamReader(log, Encoding.UTF8);
        return (reader.ReadToEnd(), log.Position);
    }
}
