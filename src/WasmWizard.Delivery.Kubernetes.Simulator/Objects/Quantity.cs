using System.Globalization;
using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.Kubernetes.Simulator.Objects;

/// <summary>Amounts such as <c>500m</c> and <c>2Gi</c>.</summary>
internal static class Quantity
{
    private static readonly (string Suffix, double Factor)[] Suffixes =
        [("Ki", 1024), ("Mi", 1024 * 1024), ("Gi", 1024.0 * 1024 * 1024), ("m", 0.001), ("k", 1000), ("M", 1e6), ("G", 1e9)];

    public static double Parse(string text)
    {
        var (suffix, factor) = Suffixes.FirstOrDefault(known => text.EndsWith(known.Suffix, StringComparison.Ordinal));
        return double.Parse(suffix is null ? text : text[..^suffix.Length], CultureInfo.InvariantCulture) * (suffix is null ? 1 : factor);
    }

    /// <summary>What a pod's containers request together.</summary>
    public static double Requested(JsonObject spec, string resource) =>
        (spec["containers"] as JsonArray ?? []).Sum(container => container.Text("resources", "requests", resource) is { } text ? Parse(text) : 0);
}
