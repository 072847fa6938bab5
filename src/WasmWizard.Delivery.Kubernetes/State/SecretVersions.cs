using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Api;
using WasmWizard.Delivery.Kubernetes.Manifests;

namespace WasmWizard.Delivery.Kubernetes.State;

/// <summary>
/// The service's secrets as numbered Secrets that never change: new values are a new number, the same values the number that has them. The
/// number says nothing about the values, as a hash in the name would.
/// </summary>
public sealed class SecretVersions(ClusterApi api, string space)
{
    private const string Kind = "secrets";

    /// <summary>All versions, newest first.</summary>
    public async Task<IReadOnlyList<SecretVersion>> All(CancellationToken cancellation) =>
        [.. (await api.List(ApiKind.Secret, space, $"{Marks.Kind}={Kind}", cancellation)).Select(Of).OfType<SecretVersion>().OrderByDescending(version => version.Number)];

    /// <summary>The version that holds these values, or the next number when none that may be used does.</summary>
    public static int NumberFor(IReadOnlyList<SecretVersion> known, IReadOnlyDictionary<string, string> values) =>
        known.FirstOrDefault(version => !version.IsRevoked && version.Holds(values))?.Number ?? known.Select(version => version.Number).DefaultIfEmpty(0).Max() + 1;

    public JsonObject ToObject(int number, IReadOnlyDictionary<string, string> values)
    {
        var data = new JsonObject();
        foreach (var (name, value) in values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            data[name] = Convert.ToBase64String(Encoding.UTF8.GetBytes(value));
        return new()
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new JsonObject
            {
                ["name"] = Names.Secrets(number),
                ["namespace"] = space,
                ["labels"] = new JsonObject { [Marks.Kind] = Kind, [Marks.ManagedBy] = Names.FieldManager },
            },
            ["type"] = "Opaque",
            ["immutable"] = true,
            ["data"] = data,
        };
    }

    private static SecretVersion? Of(JsonObject secret)
    {
        var name = secret["metadata"]!["name"]!.GetValue<string>();
        var isRevoked = secret["metadata"]!["labels"]?[Marks.Revoked]?.GetValue<string>() == "true";
        return int.TryParse(name[(name.LastIndexOf('-') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(number, isRevoked, secret["data"]?.AsObject() ?? [])
            : null;
    }
}

/// <summary>One version; its values stay inside.</summary>
public sealed class SecretVersion(int number, bool isRevoked, JsonObject data)
{
    public int Number => number;

    public bool IsRevoked => isRevoked;

    public IEnumerable<string> NamesOfValues => data.Select(pair => pair.Key);

    public bool Holds(IReadOnlyDictionary<string, string> values) =>
        values.Count == data.Count && values.All(pair => data[pair.Key]?.GetValue<string>() == Convert.ToBase64String(Encoding.UTF8.GetBytes(pair.Value)));

    /// <summary>Its values, those that are given anew in their place.</summary>
    public IReadOnlyDictionary<string, string> With(IReadOnlyDictionary<string, string> given) => data
        .ToDictionary(pair => pair.Key, pair => Encoding.UTF8.GetString(Convert.FromBase64String(pair.Value!.GetValue<string>())), StringComparer.Ordinal)
        .Where(pair => !given.ContainsKey(pair.Key)).Concat(given).ToDictionary(StringComparer.Ordinal);

    public override string ToString() => $"secrets {number}";
}
