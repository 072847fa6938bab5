using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Kubernetes.State;

/// <summary>
/// A release as a cluster keeps it: what it is, the version of the secrets it ran with, and the very manifests that were applied, so that going
/// back does not depend on what today's build would make of it.
/// </summary>
/// <param name="Manifests">Without the namespace, in the order in which they are applied; the last is the Deployment that serves.</param>
public sealed record StoredRelease(Release Release, int SecretVersion, string Image, IReadOnlyList<JsonObject> Manifests)
{
    private const string Description = "release.json";
    private const string Objects = "manifests.jsonl";
    private const string SecretsField = "secrets";
    private const string ImageField = "image";

    /// <summary>The ConfigMap that holds it.</summary>
    public static string NameOf(ReleaseId id) => $"{Names.Product}-release-{id}";

    public JsonObject ToObject(string space) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject
        {
            ["name"] = NameOf(Release.Id),
            ["namespace"] = space,
            ["labels"] = new JsonObject { [Marks.Kind] = "release", [Marks.ManagedBy] = Names.FieldManager },
        },
        ["data"] = new JsonObject
        {
            [Description] = ReleaseJson.Write(Release),
            [SecretsField] = SecretVersion.ToString(CultureInfo.InvariantCulture),
            [ImageField] = Image,
            [Objects] = string.Concat(Manifests.Select(manifest => manifest.ToJsonString() + "\n")),
        },
    };

    /// <exception cref="FormatException">It is not such an object.</exception>
    public static StoredRelease Of(JsonObject stored)
    {
        try
        {
            var data = stored["data"]!;
            return new(
                ReleaseJson.Read(data[Description]!.GetValue<string>()),
                int.Parse(data[SecretsField]!.GetValue<string>(), CultureInfo.InvariantCulture),
                data[ImageField]!.GetValue<string>(),
                [.. data[Objects]!.GetValue<string>().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())]);
        }
        catch (Exception damaged) when (damaged is NullReferenceException or JsonException or InvalidOperationException)
        {
            throw new FormatException($"{stored["metadata"]?["name"]} is not a stored release: {damaged.Message}", damaged);
        }
    }
}
