namespace WasmWizard.Delivery.Kubernetes.Manifests;

/// <summary>Ports of the addresses in the secrets: the only ones that pods may open connections to.</summary>
internal static class DataPorts
{
    private const int Postgres = 5432;
    private const int Redis = 6379;

    /// <param name="values">Secret variables by name; only their ports leave this method.</param>
    public static IReadOnlyList<int> Of(IReadOnlyDictionary<string, string> values) =>
        [.. Of(values.GetValueOrDefault("DATABASE_URL"), Postgres).Concat(Of(values.GetValueOrDefault("REDIS_URL"), Redis)).Distinct().Order()];

    private static IEnumerable<int> Of(string? urls, int usual) => (urls ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(url => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Port > 0 ? uri.Port : usual)
        .DefaultIfEmpty(usual);
}
