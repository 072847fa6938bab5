using System.Text.Json;
using WasmWizard.Delivery.Monitoring;

/// <summary>What the service's build says about it; the only thing that the delivery knows of the service.</summary>
public static class ServiceContract
{
    /// <summary>The metrics that the committed contract names; a test of the service holds it to what the code says.</summary>
    public static MetricContract Metrics(AbsolutePath root) =>
        MetricContract.Parse(File.ReadAllText(root / "src" / "WasmWizard.Service" / "service-contract.json"));

    /// <summary>Ids of the SQLite migrations in order, e.g. <c>0001_usage_logs</c>.</summary>
    /// <param name="published">The folder that the service was published to.</param>
    public static IReadOnlyList<string> Migrations(AbsolutePath published)
    {
        using var contract = JsonDocument.Parse(File.ReadAllText(published / "service-contract.json"));
        return [.. contract.RootElement.GetProperty("migrations").EnumerateArray()
            .Where(migration => migration.GetProperty("engine").GetString() == "sqlite")
            .OrderBy(migration => migration.GetProperty("version").GetInt32())
            .Select(migration => migration.GetProperty("name").GetString()!)];
    }
}
