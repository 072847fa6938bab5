using System.Text.Json;

namespace WasmWizard.Delivery.Gates.Benchmark;

/// <summary>Reads the JSON that BenchmarkDotNet exports.</summary>
public static class BenchmarkExport
{
    /// <summary>Measurements by name; null when the text is torn, foreign, empty, or a time is not positive.</summary>
    public static IReadOnlyDictionary<string, BenchmarkMeasurement>? Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var measured = document.RootElement.GetProperty("Benchmarks").EnumerateArray().ToDictionary(
                benchmark => $"{benchmark.GetProperty("Type").GetString()}.{benchmark.GetProperty("Method").GetString()}",
                benchmark => new BenchmarkMeasurement(
                    [.. benchmark.GetProperty("Measurements").EnumerateArray().Where(IsMeasured).Select(iteration => iteration.GetProperty("Nanoseconds").GetDouble() / iteration.GetProperty("Operations").GetInt64())],
                    benchmark.GetProperty("Memory").GetProperty("BytesAllocatedPerOperation").GetInt64()));
            return measured.Count > 0 && measured.Values.All(CanBe) ? measured : null;
        }
        catch (Exception torn) when (torn is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Neither a warm-up nor what the harness itself costs.</summary>
    private static bool IsMeasured(JsonElement iteration) =>
        iteration.GetProperty("IterationMode").GetString() == "Workload" && iteration.GetProperty("IterationStage").GetString() == "Actual";

    private static bool CanBe(BenchmarkMeasurement measurement) =>
        measurement is { Nanoseconds.Count: > 0, AllocatedBytes: >= 0 } && measurement.Nanoseconds.All(time => double.IsFinite(time) && time > 0);
}
