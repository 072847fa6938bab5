using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Kubernetes.State;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Kubernetes.Steps;

/// <summary>A release with everything that the cluster is to hold of it.</summary>
internal sealed record WantedRelease
{
    public required Release Release { get; init; }

    public required ReleaseParts Parts { get; init; }

    public required JsonObject Namespace { get; init; }

    /// <summary>Everything but the namespace and the Deployments.</summary>
    public required IReadOnlyList<JsonObject> Surroundings { get; init; }

    public required JsonObject Stable { get; init; }

    /// <summary>Null on the way back: what has served is not tried again.</summary>
    public required JsonObject? Canary { get; init; }

    /// <summary>Values for the version of the secrets, where this run knows them; otherwise the version is there.</summary>
    public IReadOnlyDictionary<string, string>? SecretValues { get; init; }

    /// <summary>What a person should know about the secrets; empty when there is nothing to say.</summary>
    public string SecretNote { get; init; } = "";

    public StoredRelease Stored => new(Release, Parts.SecretVersion, Parts.Image, [.. Surroundings, Stable]);
}
