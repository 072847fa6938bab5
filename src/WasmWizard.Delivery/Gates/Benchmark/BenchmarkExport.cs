using System.Text.Json;

namespace WasmWizard.Delivery.Gates.Benchmark;

/// <summary>Reads the JSON that BenchmarkDotNet exports.</summary>
public static class BenchmarkExport
{
    /// <summary>Readings by name; null when the text is torn, foreign, empty, or a reading is no positive time.</summary>
    public static IReadOnlyDictionary<string, BenchmarkReading>? Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var readings = document.RootElement.GetProperty("Benchmarks").EnumerateArray().ToDictionary(
                benchmark => $"{benchmark.GetProperty("Type").GetString()}.{benchmark.GetProperty("Method").GetString()}",
                benchmark => new BenchmarkReading(
                    benchmark.GetProperty("Statistics").GetProperty("Median").GetDouble(),
                    benchmark.GetProperty("Memory").GetProperty("BytesAllocatedPerOperation").GetInt64()));
            return readings.Count > 0 && readings.Values.All(reading => double.IsFinite(reading.Nanoseconds) && reading is { Nanoseconds: > 0, AllocatedBytes: >= 0 }) ? readings : null;
        }
        catch (Exception torn) when (torn is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
