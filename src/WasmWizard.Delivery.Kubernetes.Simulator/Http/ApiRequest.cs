using WasmWizard.Delivery.Kubernetes.Simulator.Objects;

namespace WasmWizard.Delivery.Kubernetes.Simulator.Http;

/// <summary>What a request is about, read from its path.</summary>
/// <param name="Name">Empty for a collection.</param>
/// <param name="Part">Subresource: status, scale, log, proxy; empty for the object itself.</param>
/// <param name="Rest">What follows the subresource, e.g. the path to proxy to.</param>
internal sealed record ApiRequest(Resource Resource, string Space, string Name, string Part, string Rest)
{
    /// <summary>Null when the path leads to no kind that is served.</summary>
    public static ApiRequest? Parse(string path, IReadOnlyList<Resource> resources)
    {
        var parts = path.Trim('/').Split('/');
        var at = parts[0] switch { "api" => 2, "apis" => 3, _ => -1 };
        if (at < 0 || parts.Length <= at)
            return null;
        var (group, version) = parts[0] == "api" ? ("", parts[1]) : (parts[1], parts[2]);
        var space = "";
        if (parts[at] == "namespaces" && parts.Length > at + 2 && parts[at + 2] is not ("status" or "finalize"))
        {
            space = parts[at + 1];
            at += 2;
        }

        var resource = resources.FirstOrDefault(known => known.Group == group && known.Version == version && known.Plural == parts[at]);
        return resource is null ? null : new(
            resource, space,
            parts.Length > at + 1 ? parts[at + 1] : "",
            parts.Length > at + 2 ? parts[at + 2] : "",
            parts.Length > at + 3 ? "/" + string.Join('/', parts[(at + 3)..]) : "/");
    }
}
