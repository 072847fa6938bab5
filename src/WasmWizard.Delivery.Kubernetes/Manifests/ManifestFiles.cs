using System.Text;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Generation;
using WasmWizard.Delivery.Monitoring;

namespace WasmWizard.Delivery.Kubernetes.Manifests;

/// <summary>
/// The manifests as files for people: <c>kubectl apply -f k8s/production/</c> works on any cluster. What needs an operator's own kinds, or
/// replaces a data store that is given by its address, is in folders below, which that command passes over.
/// </summary>
public static class ManifestFiles
{
    public const string Folder = "k8s";

    /// <summary>Stands for a registry that is not known: a name that by RFC 2606 never leads anywhere, so nobody else's image is ever pulled.</summary>
    public const string UnknownRegistry = "registry.invalid";

    /// <summary>Holds the place of an image's digest: no image has it, so what is applied by hand and not told its image starts nothing.</summary>
    public static readonly string Placeholder = $"{UnknownRegistry}/{Names.Product}@sha256:{new string('0', 64)}";

    private const string Source = "build/Strategy.cs";

    private const string PlaceholderNote =
        $"The image is a placeholder; name yours: kubectl set image deployment/{Names.Product} {Names.Product}=REGISTRY/{Names.Product}@sha256:DIGEST";

    /// <summary>The files of one environment.</summary>
    /// <param name="environment">Its row of the strategy.</param>
    /// <param name="metrics">What the service says that it emits.</param>
    public static IReadOnlyList<GeneratedFile> Of(DeploymentEnvironment environment, MetricContract metrics)
    {
        var settings = new ClusterSettings { Environment = environment };
        var parts = new ReleaseParts
        {
            Id = null,
            Image = Placeholder,
            Variables = environment.Variables,
            Secrets = SecretNames(environment),
            SecretVersion = 1,
        };
        var set = ManifestSet.Of(settings, parts);
        var folder = $"{Folder}/{environment.Word}";
        return
        [
            File($"{folder}/00-namespace.yaml", [set.Namespace]),
            File($"{folder}/10-account.yaml", Of(set, "ServiceAccount")),
            File($"{folder}/20-config.yaml", [set.Config, .. Of(set, "ConfigMap")]),
            File($"{folder}/30-network-policy.yaml", Of(set, "NetworkPolicy")),
            File($"{folder}/40-service.yaml", Of(set, "Service")),
            File($"{folder}/50-deployment.yaml", [set.Stable], PlaceholderNote),
            File($"{folder}/60-scaling.yaml", Of(set, "HorizontalPodAutoscaler", "PodDisruptionBudget")),
            File($"{folder}/70-ingress.yaml", Of(set, "Ingress")),
            File($"{folder}/monitoring/monitoring.yaml", [.. Monitoring.All(settings, metrics)]),
            File($"{folder}/postgres/postgres.yaml", [.. PostgresOperator.All(settings)]),
            File($"{folder}/redis/redis.yaml", [.. RedisCluster.All(settings).Select(ManifestSet.Json)]),
        ];
    }

    /// <summary>Secret variables that come from the Secret; the certificate's key comes from its own.</summary>
    public static IReadOnlyList<string> SecretNames(DeploymentEnvironment environment) => [.. environment.Secrets.Where(name => name != "SSL_KEY_PATH")];

    private static JsonObject[] Of(ManifestSet set, params string[] kinds) =>
        [.. set.Surroundings.Where(manifest => kinds.Contains(manifest["kind"]!.GetValue<string>()))];

    private static GeneratedFile File(string path, IReadOnlyList<JsonObject> manifests, params string[] notes)
    {
        var text = new StringBuilder();
        foreach (var line in GeneratedHeader.Lines("WasmWizard.Delivery.Kubernetes", Source).Concat(notes))
            text.Append("# ").Append(line).Append('\n');
        text.AppendJoin("---\n", manifests.Select(ManifestYaml.Write));
        return new(path, text.ToString());
    }
}
