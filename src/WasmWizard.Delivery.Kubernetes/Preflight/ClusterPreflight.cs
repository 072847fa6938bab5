using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Api;
using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Kubernetes.State;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Kubernetes.Preflight;

/// <summary>Everything that would stop a rollout to this cluster, found before anything is changed; all of it at once.</summary>
internal sealed class ClusterPreflight(KubernetesTargetOptions options, ClusterApi api)
{
    /// <summary>Needed: the kubelet's own sleep before a pod ends (1.30) and everything else that the manifests use.</summary>
    private const int LeastMinor = 30;

    private readonly string _space = options.Settings.Namespace;

    private string Deploy => $"./build.sh Deploy --branch {options.Branch}";

    /// <summary>What can be told before there is a release: a cluster that answers, the rights, the secrets.</summary>
    public async Task<IReadOnlyList<Fault>> CheckPlace(CancellationToken cancellation)
    {
        if (await NoAnswer(cancellation) is { } silent)
            return [silent];
        IEnumerable<Fault?> faults = [await Rights(AccessRight.All, cancellation), await Secrets(cancellation), await Certificate(cancellation), await Place(cancellation)];
        return [.. faults.OfType<Fault>()];
    }

    public async Task<IReadOnlyList<Fault>> Check(Release wanted, CancellationToken cancellation)
    {
        var place = await CheckPlace(cancellation);
        if (place is [{ Id: "WW3200" or "WW3201" }])
            return place;
        IEnumerable<Fault?> faults = [await Image(wanted, cancellation), .. await Backups(wanted, cancellation)];
        return [.. place, .. faults.OfType<Fault>()];
    }

    /// <summary>Why the cluster cannot be asked: no answer, credentials, a version that lacks what is used, no right to look; null when it can.</summary>
    public async Task<Fault?> Silence(CancellationToken cancellation) =>
        await NoAnswer(cancellation) ?? await Rights(AccessRight.Looking, cancellation);

    private async Task<Fault?> NoAnswer(CancellationToken cancellation)
    {
        try
        {
            var version = await api.Read("version", cancellation);
            var minor = new string([.. version["minor"]!.GetValue<string>().TakeWhile(char.IsAsciiDigit)]);
            // Whether the credentials hold is not asked of /version, which anybody may read.
            await api.Ask("apis/authorization.k8s.io/v1/selfsubjectaccessreviews", AccessRight.All[0].Question(_space), cancellation);
            return int.TryParse(minor, out var number) && number < LeastMinor
                ? new Fault("WW3202", $"the cluster at {api.Address} is Kubernetes 1.{minor}", $"1.{LeastMinor} or later", $"upgrade the cluster, then {Deploy}")
                : null;
        }
        catch (ClusterException refused) when (refused.Status is 401)
        {
            return new Fault("WW3201", $"the cluster at {api.Address} does not accept the credentials: {refused.Message}", "credentials that have not expired", "renew the kubeconfig's credentials, then the same command");
        }
        catch (ClusterException silent) when (silent.Status is 0 or >= 500 or 404)
        {
            return new Fault("WW3200", silent.Message, "a Kubernetes API server at the context's address", "kubectl --context CONTEXT version, then the same command");
        }
    }

    private async Task<Fault?> Rights(IEnumerable<AccessRight> rights, CancellationToken cancellation)
    {
        var missing = new List<string>();
        foreach (var right in rights)
        {
            var answer = await api.Ask("apis/authorization.k8s.io/v1/selfsubjectaccessreviews", right.Question(_space), cancellation);
            if (answer["status"]?["allowed"]?.GetValue<bool>() != true && !await IsNotNeeded(right, cancellation))
                missing.Add(right.ToString());
        }

        return missing.Count == 0
            ? null
            : new Fault("WW3203", $"missing rights in {_space}: {string.Join(", ", missing)}", "these rights for the deploying account", $"kubectl auth can-i --list -n {_space}, grant them, then {Deploy}");
    }

    /// <summary>An account of one namespace may make none, and need not where it is there.</summary>
    private async Task<bool> IsNotNeeded(AccessRight right, CancellationToken cancellation) =>
        right is { Verb: "create", Resource: "namespaces" } && await Visible(new(ApiKind.Namespace, null, _space), cancellation) is not null;

    /// <summary>Null also where it may not be looked at: that is told as a missing right.</summary>
    private async Task<JsonObject?> Visible(ObjectName name, CancellationToken cancellation)
    {
        try
        {
            return await api.Get(name, cancellation);
        }
        catch (ClusterException forbidden) when (forbidden.Status == 403)
        {
            return null;
        }
    }

    private async Task<Fault?> Secrets(CancellationToken cancellation)
    {
        IReadOnlyList<SecretVersion> known;
        try
        {
            known = await new SecretVersions(api, _space).All(cancellation);
        }
        catch (ClusterException forbidden) when (forbidden.Status == 403)
        {
            // Told as a missing right already.
            return null;
        }

        var newest = known.FirstOrDefault(version => !version.IsRevoked);
        var missing = ManifestFiles.SecretNames(options.Settings.Environment)
            .Except(options.SecretValues.Keys).Except(newest?.NamesOfValues ?? []).ToList();
        return missing.Count == 0
            ? null
            : new Fault(
                "WW3204", $"no value is known for {string.Join(", ", missing)}", "each once, from a file; the cluster keeps it",
                $"{Deploy} {string.Join(' ', missing.Select(name => $"--{name.ToLowerInvariant().Replace('_', '-')}-file FILE"))}");
    }

    private async Task<Fault?> Certificate(CancellationToken cancellation)
    {
        try
        {
            if (await api.Get(new(ApiKind.Secret, _space, Names.Certificate), cancellation) is { } secret && secret["data"]?["tls.crt"] is not null && secret["data"]?["tls.key"] is not null)
                return null;
        }
        catch (ClusterException forbidden) when (forbidden.Status == 403)
        {
            return null;
        }

        return new Fault(
            "WW3205", $"there is no secret/{Names.Certificate} with a certificate in {_space}", $"certificate and key for {options.Settings.Environment.Url.Host}",
            $"kubectl create namespace {_space}; kubectl -n {_space} create secret tls {Names.Certificate} --cert=FILE --key=FILE");
    }

    private async Task<Fault?> Place(CancellationToken cancellation)
    {
        var place = await Visible(new(ApiKind.Namespace, null, _space), cancellation);
        return place?["status"]?["phase"]?.GetValue<string>() == "Terminating"
            ? new Fault("WW3206", $"the namespace {_space} is being removed", "a namespace that stays", $"wait until it is gone, then {Deploy}")
            : null;
    }

    private async Task<Fault?> Image(Release wanted, CancellationToken cancellation) =>
        options.Images is { } images && await images.WhyNot(wanted.Digest, cancellation) is { } why
            ? new Fault("WW3207", why, "the release's image in the registry, by its digest", $"./build.sh Image --branch {options.Branch} --registry REGISTRY")
            : null;

    private async Task<IEnumerable<Fault?>> Backups(Release wanted, CancellationToken cancellation)
    {
        if (options.Backups is { } backups)
            return await backups.Preflight(cancellation);
        var schema = await SchemaRecord.Read(api, _space, cancellation);
        var pending = wanted.Migrations.Except(schema.Migrations).ToList();
        return schema.Migrations.Count > 0 && pending.Count > 0
            ? [new Fault("WW3208", $"migrations {string.Join(", ", pending)} are pending and nothing here can back the database up", "a verified backup before a migration", $"{Deploy} --database-url-file FILE")]
            : [];
    }
}

/// <summary>One thing that a deployment does, as the cluster is asked whether it may.</summary>
internal sealed record AccessRight(string Verb, string Group, string Resource, string? Part = null)
{
    public static readonly IReadOnlyList<AccessRight> All =
    [
        new("create", "", "namespaces"), new("get", "", "namespaces"), new("patch", "", "namespaces"),
        .. new[] { "get", "list", "create", "patch", "update", "delete" }.SelectMany(verb => new AccessRight[]
        {
            new(verb, "", "configmaps"), new(verb, "", "secrets"), new(verb, "", "services"), new(verb, "", "serviceaccounts"),
            new(verb, "apps", "deployments"), new(verb, "batch", "jobs"), new(verb, "autoscaling", "horizontalpodautoscalers"),
            new(verb, "policy", "poddisruptionbudgets"), new(verb, "networking.k8s.io", "ingresses"), new(verb, "networking.k8s.io", "networkpolicies"),
        }),
        new("get", "coordination.k8s.io", "leases"), new("create", "coordination.k8s.io", "leases"), new("update", "coordination.k8s.io", "leases"),
        new("list", "", "pods"), new("list", "", "events"), new("get", "", "pods", "log"), new("get", "", "pods", "proxy"), new("create", "", "pods", "proxy"),
        new("get", "", "pods", "portforward"), new("create", "", "pods", "portforward"),
    ];

    /// <summary>Enough to say what runs and what a deployment would change: the server's word on that is a trial, which needs the right to do it.</summary>
    public static IEnumerable<AccessRight> Looking => All.Where(right => right.Part is null && right.Verb is "get" or "list" or "patch" || right is { Verb: "update", Resource: "deployments" });

    public JsonObject Question(string space)
    {
        var attributes = new JsonObject { ["verb"] = Verb, ["group"] = Group, ["resource"] = Resource };
        if (Resource != "namespaces")
            attributes["namespace"] = space;
        else if (Verb != "create")
            (attributes["namespace"], attributes["name"]) = (space, space);
        if (Part is not null)
            attributes["subresource"] = Part;
        return new()
        {
            ["apiVersion"] = "authorization.k8s.io/v1",
            ["kind"] = "SelfSubjectAccessReview",
            ["spec"] = new JsonObject { ["resourceAttributes"] = attributes },
        };
    }

    public override string ToString() => $"{Verb} {Resource}{(Part is null ? "" : $"/{Part}")}{(Group.Length == 0 ? "" : $".{Group}")}";
}
