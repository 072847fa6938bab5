using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Simulator.Controllers;
using WasmWizard.Delivery.Kubernetes.Simulator.Objects;

namespace WasmWizard.Delivery.Kubernetes.Simulator.Http;

/// <summary>Reads and writes objects as the API does. Called inside the cluster's gate.</summary>
internal sealed class ObjectRequests(SimulatedCluster cluster)
{
    private static readonly Resource Namespaces = Scope.Resource("Namespace");

    public (int Code, JsonObject Body) Get(ApiRequest request) => (200, request.Part == "scale" ? ScaleOf(Existing(request)) : Existing(request));

    public (int Code, JsonObject Body) List(ApiRequest request, Query query)
    {
        var chosen = Selectors.Of(query["labelSelector"], query["fieldSelector"]);
        var all = cluster.Store.All(request.Resource, request.Space.Length > 0 ? request.Space : null).Where(chosen).ToList();
        var (skip, version) = Continued(query["continue"]);
        var limit = int.TryParse(query["limit"], CultureInfo.InvariantCulture, out var number) && number > 0 ? number : int.MaxValue;
        var page = all.Skip(skip).Take(limit).ToList();
        var meta = new JsonObject { ["resourceVersion"] = version ?? cluster.Store.Version.ToString(CultureInfo.InvariantCulture) };
        if (skip + page.Count < all.Count)
        {
            meta["continue"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{meta["resourceVersion"]}/{skip + page.Count}"));
            meta["remainingItemCount"] = all.Count - skip - page.Count;
        }

        return (200, new JsonObject
        {
            ["kind"] = $"{request.Resource.Kind}List",
            ["apiVersion"] = request.Resource.ApiVersion,
            ["metadata"] = meta,
            ["items"] = new JsonArray([.. page.Select(whole => whole.Copy())]),
        });
    }

    public (int Code, JsonObject Body) Create(ApiRequest request, JsonObject whole, Query query, string agent)
    {
        var resource = request.Resource;
        Prepare(request, whole, query);
        if (whole.Text("metadata", "generateName") is { } stem && whole.Name().Length == 0)
            whole.Map("metadata")["name"] = stem + cluster.Store.Version.ToString("x", CultureInfo.InvariantCulture);
        if (cluster.Store.Find(resource, request.Space, whole.Name()) is not null)
            throw ApiFailureException.Exists(resource.QualifiedName, whole.Name());
        return (201, Store(resource, null, whole, query, () => FieldOwners.Update(resource, null, whole, query["fieldManager"] ?? agent, "", cluster.Clock.GetUtcNow())));
    }

    public (int Code, JsonObject Body) Replace(ApiRequest request, JsonObject whole, Query query, string agent)
    {
        var live = Existing(request);
        if (request.Part == "scale")
            return (200, SetScale(request, live, whole, query["fieldManager"] ?? agent));
        Prepare(request, whole, query);
        Match(request, whole, live);
        return (200, Update(request, live, whole, query, agent));
    }

    public (int Code, JsonObject Body) Patch(ApiRequest request, string type, JsonNode patch, Query query, string agent)
    {
        var live = cluster.Store.Find(request.Resource, request.Space, request.Name);
        if (type == "application/apply-patch+yaml")
            return Apply(request, live, patch.AsObject(), query);
        if (live is null)
            throw ApiFailureException.NotFound(request.Resource.QualifiedName, request.Name);
        if (request.Part == "scale")
            return (200, SetScale(request, live, Merging.Merge(ScaleOf(live), patch)!.AsObject(), query["fieldManager"] ?? agent));
        var whole = type switch
        {
            "application/json-patch+json" => Merging.Operations(live, patch.AsArray()),
            "application/merge-patch+json" => Merging.Merge(live, patch)!.AsObject(),
            "application/strategic-merge-patch+json" => Merging.Strategic(live, patch)!.AsObject(),
            _ => throw new ApiFailureException(415, "UnsupportedMediaType", $"the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml"),
        };
        if (patch is JsonObject changes && changes.Text("metadata", "resourceVersion") is not null)
            Match(request, changes, live);
        Prepare(request, whole, query);
        return (200, Update(request, live, whole, query, agent));
    }

    public (int Code, JsonObject Body) Delete(ApiRequest request, JsonObject? options, Query query)
    {
        var live = Existing(request);
        if (options.Text("preconditions", "uid") is { } uid && uid != live.Uid())
            throw new ApiFailureException(409, "Conflict", $"Precondition failed: UID in precondition: {uid}, UID in object meta: {live.Uid()}");
        if (options.Text("preconditions", "resourceVersion") is { } version && version != live.Text("metadata", "resourceVersion"))
            throw new ApiFailureException(409, "Conflict", $"Precondition failed: ResourceVersion in precondition: {version}, ResourceVersion in object meta: {live.Text("metadata", "resourceVersion")}");
        if (query["dryRun"] == "All")
            return (200, live);
        if (request.Resource == Namespaces)
        {
            var ending = live.Copy();
            ending["status"] = new JsonObject { ["phase"] = "Terminating" };
            cluster.Store.Set(Namespaces, ending);
            return (200, ending);
        }

        if (request.Resource == Scope.Pods)
            PodEnding.Begin(new Scope(cluster.Store, cluster.Clock), live);
        else
            cluster.Store.Remove(request.Resource, live);
        return (200, new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success", ["details"] = new JsonObject { ["name"] = live.Name(), ["kind"] = request.Resource.Plural, ["uid"] = live.Uid() } });
    }

    private (int Code, JsonObject Body) Apply(ApiRequest request, JsonObject? live, JsonObject applied, Query query)
    {
        var manager = query["fieldManager"] ?? throw ApiFailureException.Bad("PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch");
        if (applied.At("metadata", "managedFields") is JsonArray { Count: > 0 })
            throw ApiFailureException.Bad("metadata.managedFields must be nil");
        if (Validation.UnknownFields(request.Resource.Kind, applied) is { Count: > 0 } unknown)
        {
            // An apply merges by the schema, so what the schema does not know is refused, strict or not, and with this code.
            throw new ApiFailureException(500, "", $"failed to create typed patch object ({request.Space}/{request.Name}; {request.Resource.ApiVersion}, Kind={request.Resource.Kind}): {string.Join(", ", unknown.Select(field => $".{field}: field not declared in schema"))}");
        }

        Prepare(request, applied, query);
        if (applied.Text("metadata", "resourceVersion") is not null)
        {
            if (live is null)
                throw new ApiFailureException(409, "Conflict", $"Operation cannot be fulfilled on {request.Resource.QualifiedName} \"{request.Name}\": the object has been deleted");
            Match(request, applied, live);
            applied.Map("metadata").Remove("resourceVersion");
        }

        applied.Remove("status");
        var merged = FieldOwners.Apply(request.Resource, live, applied, manager, query["force"] == "true", cluster.Clock.GetUtcNow());
        return (live is null ? 201 : 200, Store(request.Resource, live, merged, query, () => { }));
    }

    private JsonObject Update(ApiRequest request, JsonObject live, JsonObject whole, Query query, string agent)
    {
        if (request.Part == "status")
        {
            var told = live.Copy();
            told["status"] = whole["status"]?.DeepClone();
            return cluster.Store.Set(request.Resource, told);
        }

        return Store(request.Resource, live, whole, query, () => FieldOwners.Update(request.Resource, live, whole, query["fieldManager"] ?? agent, "", cluster.Clock.GetUtcNow()));
    }

    /// <summary>Defaults, bookkeeping that requests cannot change, validation; then it is stored, unless nothing differs or it is only tried.</summary>
    private JsonObject Store(Resource resource, JsonObject? live, JsonObject whole, Query query, Action own)
    {
        Defaults.Fill(resource.Kind, whole);
        var meta = whole.Map("metadata");
        foreach (var field in new[] { "uid", "creationTimestamp", "generation", "resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds" })
        {
            if (live.At("metadata", field) is { } kept)
                meta[field] = kept.DeepClone();
            else
                meta.Remove(field);
        }

        if (resource.HasStatus)
        {
            if (live?["status"] is { } status)
                whole["status"] = status.DeepClone();
            else if (resource == Namespaces)
                whole["status"] = new JsonObject { ["phase"] = "Active" };
            else
                whole.Remove("status");
        }

        Validation.Check(resource, live, whole);
        own();
        if (live is not null && resource.CountsGenerations && !JsonNode.DeepEquals(live["spec"], whole["spec"]))
            meta["generation"] = (live.Number("metadata", "generation") ?? 1) + 1;
        if (query["dryRun"] == "All")
            return Tried(live, whole);
        if (live is null)
            return cluster.Store.Add(resource, whole);
        return JsonNode.DeepEquals(Timeless(live), Timeless(whole)) ? live : cluster.Store.Set(resource, whole);
    }

    private JsonObject Tried(JsonObject? live, JsonObject whole)
    {
        whole.Map("metadata")["resourceVersion"] ??= cluster.Store.Version.ToString(CultureInfo.InvariantCulture);
        whole.Map("metadata")["uid"] ??= "00000000-0000-4000-8000-000000000000";
        whole.Map("metadata")["creationTimestamp"] ??= Json.Time(cluster.Clock.GetUtcNow());
        return live is null ? whole : whole.Copy();
    }

    /// <summary>Without the times of managed fields, which alone are no change.</summary>
    private static JsonObject Timeless(JsonObject whole)
    {
        var copy = whole.Copy();
        foreach (var entry in (copy.At("metadata", "managedFields") as JsonArray)?.OfType<JsonObject>() ?? [])
            entry.Remove("time");
        return copy;
    }

    private void Prepare(ApiRequest request, JsonObject whole, Query query)
    {
        var resource = request.Resource;
        if (whole.Text("kind") is { } kind && kind != resource.Kind)
            throw ApiFailureException.Bad($"{whole.Text("apiVersion")}, Kind={kind} does not match the kind {resource.Kind} of the address");
        if (resource.IsNamespaced)
        {
            if (whole.Space().Length > 0 && whole.Space() != request.Space)
                throw ApiFailureException.Bad($"the namespace of the provided object does not match the namespace sent on the request");
            whole.Map("metadata")["namespace"] = request.Space;
            var space = cluster.Store.Find(Namespaces, "", request.Space) ?? throw ApiFailureException.NotFound("namespaces", request.Space);
            if (space.Text("status", "phase") == "Terminating" && cluster.Store.Find(resource, request.Space, whole.Name()) is null)
                throw new ApiFailureException(403, "Forbidden", $"{resource.QualifiedName} \"{whole.Name()}\" is forbidden: unable to create new content in namespace {request.Space} because it is being terminated");
        }

        if (request.Name.Length > 0)
            whole.Map("metadata")["name"] ??= request.Name;
        if (resource.Kind == "Secret" && whole["stringData"] is JsonObject plain)
        {
            foreach (var (key, value) in plain)
                whole.Map("data")[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(value!.GetValue<string>()));
            whole.Remove("stringData");
        }

        if (query["fieldValidation"] == "Strict" && Validation.UnknownFields(resource.Kind, whole) is { Count: > 0 } unknown)
            throw ApiFailureException.Bad($"{resource.Kind} in version \"{resource.Version}\" cannot be handled as a {resource.Kind}: strict decoding error: {string.Join(", ", unknown.Select(field => $"unknown field \"{field}\""))}");
    }

    private static void Match(ApiRequest request, JsonObject sent, JsonObject live)
    {
        if (sent.Text("metadata", "resourceVersion") is { Length: > 0 } version && version != live.Text("metadata", "resourceVersion"))
            throw ApiFailureException.Changed(request.Resource.QualifiedName, request.Name);
    }

    private JsonObject Existing(ApiRequest request) =>
        cluster.Store.Find(request.Resource, request.Space, request.Name) ?? throw ApiFailureException.NotFound(request.Resource.QualifiedName, request.Name);

    private static JsonObject ScaleOf(JsonObject live) => new()
    {
        ["kind"] = "Scale",
        ["apiVersion"] = "autoscaling/v1",
        ["metadata"] = new JsonObject { ["name"] = live.Name(), ["namespace"] = live.Space(), ["uid"] = live.Uid(), ["resourceVersion"] = live.Text("metadata", "resourceVersion") },
        ["spec"] = new JsonObject { ["replicas"] = live.Number("spec", "replicas") ?? 1 },
        ["status"] = new JsonObject { ["replicas"] = live.Number("status", "replicas") ?? 0 },
    };

    private JsonObject SetScale(ApiRequest request, JsonObject live, JsonObject scale, string manager)
    {
        Match(request, scale, live);
        var scaled = live.Copy();
        scaled.Map("spec")["replicas"] = scale.Number("spec", "replicas") ?? 0;
        scaled.Map("metadata")["generation"] = (live.Number("metadata", "generation") ?? 1) + 1;
        FieldOwners.Update(request.Resource, live, scaled, manager, "scale", cluster.Clock.GetUtcNow());
        return ScaleOf(cluster.Store.Set(request.Resource, scaled));
    }

    private static (int Skip, string? Version) Continued(string? token)
    {
        if (string.IsNullOrEmpty(token))
            return (0, null);
        try
        {
            var parts = Encoding.UTF8.GetString(Convert.FromBase64String(token)).Split('/');
            return (int.Parse(parts[1], CultureInfo.InvariantCulture), parts[0]);
        }
        catch (Exception foreign) when (foreign is FormatException or IndexOutOfRangeException or JsonException)
        {
            throw ApiFailureException.Bad("continue key is not valid");
        }
    }
}
