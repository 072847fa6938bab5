using System.Text.Json;

/// <summary>What the service's build says about it; the only thing that the delivery knows of the service.</summary>
public static class ServiceContract
{
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
