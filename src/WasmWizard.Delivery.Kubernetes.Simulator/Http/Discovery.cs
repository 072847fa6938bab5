using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Simulator.Objects;

namespace WasmWizard.Delivery.Kubernetes.Simulator.Http;

/// <summary>What tells a client which kinds there are, and that writes may be validated by the server.</summary>
internal sealed class Discovery(IReadOnlyList<Resource> resources)
{
    private static readonly string[] Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    private static readonly string[] Parameters = ["dryRun", "fieldManager", "fieldValidation", "force"];

    /// <summary>Null when the path is no question of this kind.</summary>
    public JsonObject? Answer(string path)
    {
        var parts = path.Trim('/').Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["version"] => Version(),
            ["api"] => new JsonObject { ["kind"] = "APIVersions", ["versions"] = new JsonArray("v1"), ["serverAddressByClientCIDRs"] = new JsonArray() },
            ["apis"] => Groups(),
            ["api", "v1"] => List("", "v1"),
            ["apis", var group] when Group(group) is { } found => found,
            ["apis", var group, var version] when resources.Any(resource => resource.Group == group && resource.Version == version) || group == "authorization.k8s.io" => List(group, version),
            ["openapi", "v3"] => OpenApiRoot(),
            ["openapi", "v3", "api", "v1"] => OpenApi("", "v1"),
            ["openapi", "v3", "apis", var group, var version] => OpenApi(group, version),
            _ => null,
        };
    }

    private static JsonObject Version() => new()
    {
        ["major"] = "1",
        ["minor"] = "32",
        ["gitVersion"] = "v1.32.0-simulated",
        ["gitCommit"] = "",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "1970-01-01T00:00:00Z",
        ["goVersion"] = "",
        ["compiler"] = "",
        ["platform"] = "linux/amd64",
    };

    private IEnumerable<(string Group, string Version)> Known =>
        resources.Where(resource => resource.Group.Length > 0).Select(resource => (resource.Group, resource.Version)).Append(("authorization.k8s.io", "v1")).Distinct();

    private JsonObject Groups() => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray([.. Known.Select(known => Group(known.Group))]),
    };

    private JsonObject? Group(string group)
    {
        var known = Known.FirstOrDefault(candidate => candidate.Group == group);
        if (known.Group is null)
            return null;
        var version = new JsonObject { ["groupVersion"] = $"{group}/{known.Version}", ["version"] = known.Version };
        return new() { ["kind"] = "APIGroup", ["apiVersion"] = "v1", ["name"] = group, ["versions"] = new JsonArray(version), ["preferredVersion"] = version.DeepClone() };
    }

    private JsonObject List(string group, string version)
    {
        var list = new JsonArray();
        foreach (var resource in resources.Where(resource => resource.Group == group && resource.Version == version))
        {
            var entry = Entry(resource, resource.Plural, resource.Kind, Verbs);
            if (resource.Alias.Length > 0)
                entry["shortNames"] = new JsonArray(resource.Alias);
            if (resource.Kind is "Pod" or "Deployment" or "ReplicaSet" or "StatefulSet" or "Job" or "Service" or "HorizontalPodAutoscaler")
                entry["categories"] = new JsonArray("all");
            list.Add(entry);
            if (resource.HasStatus)
                list.Add(Entry(resource, $"{resource.Plural}/status", resource.Kind, ["get", "patch", "update"]));
            if (resource.HasScale)
            {
                var scale = Entry(resource, $"{resource.Plural}/scale", "Scale", ["get", "patch", "update"]);
                (scale["group"], scale["version"]) = ("autoscaling", "v1");
                list.Add(scale);
            }

            if (resource.Kind == "Pod")
                list.Add(Entry(resource, "pods/log", "Pod", ["get"]));
        }

        if (group == "authorization.k8s.io")
            list.Add(new JsonObject { ["name"] = "selfsubjectaccessreviews", ["singularName"] = "", ["namespaced"] = false, ["kind"] = "SelfSubjectAccessReview", ["verbs"] = new JsonArray("create") });
        return new() { ["kind"] = "APIResourceList", ["apiVersion"] = "v1", ["groupVersion"] = group.Length == 0 ? version : $"{group}/{version}", ["resources"] = list };
    }

    private static JsonObject Entry(Resource resource, string name, string kind, string[] verbs) => new()
    {
        ["name"] = name,
        ["singularName"] = name.Contains('/', StringComparison.Ordinal) ? "" : resource.Kind.ToLowerInvariant(),
        ["namespaced"] = resource.IsNamespaced,
        ["kind"] = kind,
        ["verbs"] = new JsonArray([.. verbs.Select(verb => (JsonNode?)verb)]),
    };

    private JsonObject OpenApiRoot()
    {
        var paths = new JsonObject { ["api/v1"] = Address("api/v1") };
        foreach (var (group, version) in Known)
            paths[$"apis/{group}/{version}"] = Address($"apis/{group}/{version}");
        return new() { ["paths"] = paths };
    }

    private static JsonObject Address(string path) => new() { ["serverRelativeURL"] = $"/openapi/v3/{path}?hash=1" };

    /// <summary>No schema of fields, but what kubectl looks for before it lets the server validate: that a patch takes the parameter.</summary>
    private JsonObject OpenApi(string group, string version)
    {
        var paths = new JsonObject();
        foreach (var resource in resources.Where(resource => resource.Group == group && resource.Version == version))
        {
            var prefix = group.Length == 0 ? $"/api/{version}" : $"/apis/{group}/{version}";
            paths[$"{prefix}/{(resource.IsNamespaced ? "namespaces/{namespace}/" : "")}{resource.Plural}/{{name}}"] = new JsonObject
            {
                ["patch"] = new JsonObject
                {
                    ["x-kubernetes-action"] = "patch",
                    ["x-kubernetes-group-version-kind"] = new JsonObject { ["group"] = group, ["version"] = version, ["kind"] = resource.Kind },
                    ["parameters"] = new JsonArray([.. Parameters.Select(name => new JsonObject
                    {
                        ["name"] = name,
                        ["in"] = "query",
                        ["schema"] = new JsonObject { ["type"] = name == "force" ? "boolean" : "string" },
                    })]),
                    ["responses"] = new JsonObject(),
                },
            };
        }

        return new() { ["openapi"] = "3.0.0", ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = "v1.32.0" }, ["paths"] = paths, ["components"] = new JsonObject { ["schemas"] = new JsonObject() } };
    }
}
