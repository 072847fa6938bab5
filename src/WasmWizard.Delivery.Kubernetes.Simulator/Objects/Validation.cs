using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using k8s;
using k8s.Models;

namespace WasmWizard.Delivery.Kubernetes.Simulator.Objects;

/// <summary>What the API refuses: unknown and mistyped fields, names that are none, and what may not be so or may not change.</summary>
internal static partial class Validation
{
    private static readonly Dictionary<string, Func<string, object>> Types = new(StringComparer.Ordinal)
    {
        ["Deployment"] = As<V1Deployment>(),
        ["ReplicaSet"] = As<V1ReplicaSet>(),
        ["StatefulSet"] = As<V1StatefulSet>(),
        ["Job"] = As<V1Job>(),
        ["Pod"] = As<V1Pod>(),
        ["Service"] = As<V1Service>(),
        ["ConfigMap"] = As<V1ConfigMap>(),
        ["Secret"] = As<V1Secret>(),
        ["ServiceAccount"] = As<V1ServiceAccount>(),
        ["Ingress"] = As<V1Ingress>(),
        ["NetworkPolicy"] = As<V1NetworkPolicy>(),
        ["HorizontalPodAutoscaler"] = As<V2HorizontalPodAutoscaler>(),
        ["PodDisruptionBudget"] = As<V1PodDisruptionBudget>(),
        ["Lease"] = As<V1Lease>(),
        ["Namespace"] = As<V1Namespace>(),
    };

    /// <summary>Paths of fields that the kind does not have; with strict validation, or applied, a request that has any is refused.</summary>
    public static IReadOnlyList<string> UnknownFields(string kind, JsonObject whole)
    {
        if (!Types.TryGetValue(kind, out var read))
            return [];
        try
        {
            var known = JsonNode.Parse(KubernetesJson.Serialize(read(whole.ToJsonString())))!.AsObject();
            var unknown = new List<string>();
            Compare("", whole, known, unknown);
            return unknown;
        }
        catch (Exception mistyped) when (mistyped is JsonException or FormatException or InvalidOperationException or NotSupportedException)
        {
            throw ApiFailureException.Bad($"{kind} in version \"v1\" cannot be handled as a {kind}: json: {mistyped.Message}");
        }
    }

    /// <exception cref="ApiFailureException">422 with every fault.</exception>
    public static void Check(Resource resource, JsonObject? before, JsonObject whole)
    {
        var faults = new List<string>();
        var name = whole.Name();
        if (!DnsName().IsMatch(name) || name.Length > 253)
            faults.Add($"metadata.name: Invalid value: \"{name}\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.'");
        switch (resource.Kind)
        {
            case "Deployment" or "ReplicaSet":
                Workload(before, whole, faults);
                break;
            case "Job" when before is not null && !JsonNode.DeepEquals(before.At("spec", "template"), whole.At("spec", "template")):
                faults.Add("spec.template: Invalid value: field is immutable");
                break;
            case "Lease" when whole.Text("spec", "holderIdentity") is "":
                faults.Add("spec.holderIdentity: Invalid value: \"\": must not be empty");
                break;
            case "Lease" when whole.Number("spec", "leaseDurationSeconds") <= 0:
                faults.Add("spec.leaseDurationSeconds: Invalid value: must be greater than 0");
                break;
            case "ConfigMap" or "Secret" when before is not null && before.Is("immutable")
                && (!whole.Is("immutable") || !JsonNode.DeepEquals(before["data"], whole["data"])):
                faults.Add("data: Forbidden: field is immutable when `immutable` is set");
                break;
            case "Service" when whole.At("spec", "ports") is not JsonArray { Count: > 0 }:
                faults.Add("spec.ports: Required value");
                break;
        }

        if (faults.Count > 0)
            throw ApiFailureException.Invalid($"{resource.Kind}{(resource.Group.Length > 0 ? "." + resource.Group : "")} \"{name}\" is invalid: {string.Join(", ", faults)}");
    }

    private static Func<string, object> As<T>()
        where T : notnull => text => KubernetesJson.Deserialize<T>(text);

    private static void Workload(JsonObject? before, JsonObject whole, List<string> faults)
    {
        var selector = whole.At("spec", "selector", "matchLabels");
        if (selector is not JsonObject { Count: > 0 })
            faults.Add("spec.selector: Required value");
        else if (!Json.Matches(selector, whole.At("spec", "template", "metadata", "labels") as JsonObject ?? []))
            faults.Add($"spec.template.metadata.labels: Invalid value: `selector` does not match template `labels`");
        if (before is not null && !JsonNode.DeepEquals(before.At("spec", "selector"), whole.At("spec", "selector")))
            faults.Add("spec.selector: Invalid value: field is immutable");
        var containers = whole.At("spec", "template", "spec", "containers") as JsonArray ?? [];
        if (containers.Count == 0)
            faults.Add("spec.template.spec.containers: Required value");
        foreach (var (container, index) in containers.OfType<JsonObject>().Select((container, index) => (container, index)))
        {
            if (string.IsNullOrEmpty(container.Text("name")))
                faults.Add($"spec.template.spec.containers[{index}].name: Required value");
            if (string.IsNullOrEmpty(container.Text("image")))
                faults.Add($"spec.template.spec.containers[{index}].image: Required value");
            var volumes = (whole.At("spec", "template", "spec", "volumes") as JsonArray ?? []).Select(volume => volume.Text("name")).ToHashSet();
            foreach (var mount in (container["volumeMounts"] as JsonArray ?? []).Select(mount => mount.Text("name")).Where(mount => !volumes.Contains(mount)))
                faults.Add($"spec.template.spec.containers[{index}].volumeMounts: Not found: \"{mount}\"");
        }
    }

    private static void Compare(string path, JsonNode? sent, JsonNode? known, List<string> unknown)
    {
        if (sent is JsonObject map)
        {
            foreach (var (field, value) in map.Where(pair => pair.Value is not null and not JsonObject { Count: 0 } and not JsonArray { Count: 0 }))
            {
                var at = path.Length == 0 ? field : $"{path}.{field}";
                if ((known as JsonObject)?.ContainsKey(field) != true)
                    unknown.Add(at);
                else
                    Compare(at, value, known![field], unknown);
            }
        }
        else if (sent is JsonArray list && known is JsonArray { } other && other.Count == list.Count)
        {
            for (var i = 0; i < list.Count; i++)
                Compare($"{path}[{i}]", list[i], other[i], unknown);
        }
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")]
    private static partial Regex DnsName();
}
