using System.Globalization;
using WasmWizard.BuildEngine.IO;

namespace WasmWizard.BuildEngine;

/// <summary>
/// How long each target took lately, kept in <c>.nuke/temp/durations.tsv</c>, one line per target: name, tab, seconds. Decides what starts first
/// and what the forecast says, never what runs.
/// </summary>
internal sealed class DurationHistory(BuildSession session)
{
    /// <summary>The weight of the newest run: a slow day is forgotten after a few good ones.</summary>
    private const double Newest = 0.5;

    private readonly AbsolutePath _file = session.TemporaryDirectory / "durations.tsv";

    public IReadOnlyDictionary<string, TimeSpan> Read()
    {
        var durations = new Dictionary<string, TimeSpan>();
        if (!File.Exists(_file))
            return durations;
        foreach (var line in File.ReadLines(_file))
            if (line.Split('\t') is [var name, var text] && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 1e6)
                durations[name] = TimeSpan.FromSeconds(seconds);
        return durations;
    }

    /// <summary>Takes in what succeeded now; what did not run keeps what is known of it.</summary>
    public void Write(IReadOnlyDictionary<string, TimeSpan> earlier, IEnumerable<ExecutableTarget> plan)
    {
        var durations = new Dictionary<string, TimeSpan>(earlier);
        foreach (var target in plan.Where(target => target is { Status: ExecutionStatus.Succeeded, IsRestored: false }))
            durations[target.Name] = durations.TryGetValue(target.Name, out var before) ? (Newest * target.Duration) + ((1 - Newest) * before) : target.Duration;
        try
        {
            Directory.CreateDirectory(_file.Parent!);
            File.WriteAllLines(_file, durations.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}\t{pair.Value.TotalSeconds:0.000}")));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            session.Log.Warn($"The durations of this run are not kept: {exception.Message}");
        }
    }
}
