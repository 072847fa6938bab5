using System.Text.Json;
using System.Text.Json.Serialization;

namespace WasmWizard.Delivery.Gates.Benchmark;

/// <summary>
/// The readings behind an answer, the file <c>artifacts/benchmark/comparison.json</c>: <c>{"marginPercent":5,"benchmarks":[{"name":"RequestBenchmarks.AsksTheLimiter",
/// "changePercent":0.4,"detectablePercent":6.1,"pairs":[{"base":{"nanoseconds":812.5,"allocatedBytes":640},"candidate":{…}}]}]}</c>.
/// </summary>
public static class BenchmarkRecord
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(BenchmarkObservation.Compared compared, decimal marginPercent)
    {
        var margin = (double)marginPercent / 100;
        return JsonSerializer.Serialize(
            new Document(marginPercent, [.. compared.Comparisons.Select(comparison => new Row(comparison.Name, Percent(comparison.Change), Percent(comparison.DetectableChange(margin)), comparison.Pairs))]),
            Options);
    }

    /// <summary>The comparisons with the margin that they were judged by; null when the text is not such a record.</summary>
    public static (decimal MarginPercent, IReadOnlyList<BenchmarkComparison> Comparisons)? Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Document>(json, Options) is { Benchmarks: { } rows } document && rows.All(row => row.Pairs.Count > 0 && row.Pairs.All(pair => pair.Base.Nanoseconds > 0 && pair.Candidate.Nanoseconds > 0))
                ? (document.MarginPercent, [.. rows.Select(row => new BenchmarkComparison(row.Name, row.Pairs))])
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What trials of the gate came to: <c>{"slowdownPercent":0,"marginPercent":5,"trials":20,"slower":0,"verdicts":["Passed",…]}</c>.</summary>
    public static string WriteTrials(IReadOnlyList<BenchmarkTrial> trials, int slowdownPercent, decimal marginPercent) => JsonSerializer.Serialize(
        new Trials(slowdownPercent, marginPercent, trials.Count, trials.Count(trial => trial.IsSlower), [.. trials.Select(trial => trial.Result.Verdict)]),
        Options);

    private static double Percent(double change) => Math.Round(change * 100, 2);

    private sealed record Document(decimal MarginPercent, IReadOnlyList<Row> Benchmarks);

    private sealed record Row(string Name, double ChangePercent, double DetectablePercent, IReadOnlyList<BenchmarkPair> Pairs);

    private sealed record Trials(int SlowdownPercent, decimal MarginPercent, [property: JsonPropertyName("trials")] int Count, int Slower, IReadOnlyList<Verdict> Verdicts);
}
