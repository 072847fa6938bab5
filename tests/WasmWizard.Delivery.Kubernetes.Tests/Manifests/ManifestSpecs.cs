using System.Text.Json.Nodes;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Kubernetes.Manifests;

namespace WasmWizard.Delivery.Kubernetes.Tests.Manifests;

/// <summary>What production's objects promise, field by field.</summary>
public sealed class ManifestSpecs
{
    private static readonly DeploymentEnvironment Production = Strategy.Default.Of(EnvironmentName.Production);
    private static readonly ClusterSettings Settings = new() { Environment = Production };
    private static readonly ManifestSet Set = ManifestSet.Of(Settings, Parts(1, Production.Variables));
    private static readonly JsonNode Pod = Set.Stable["spec"]!["template"]!["spec"]!;
    private static readonly JsonNode Container = Pod["containers"]![0]!;

    [Fact]
    public void Pods_are_added_before_others_end_and_never_fewer_than_wanted_serve()
    {
        Assert.Equal("""{"maxSurge":1,"maxUnavailable":0}""", Compact(Set.Stable["spec"]!["strategy"]!["rollingUpdate"]!));
        Assert.Equal(2, Set.Stable["spec"]!["minReadySeconds"]!.GetValue<int>());
    }

    [Fact]
    public void The_number_of_pods_belongs_to_the_autoscaler_where_there_is_one_and_to_the_Deployment_where_there_is_none()
    {
        Assert.Null(Set.Stable["spec"]!["replicas"]);
        var scaler = Of("HorizontalPodAutoscaler");
        Assert.Equal(3, scaler["spec"]!["minReplicas"]!.GetValue<int>());
        Assert.Equal(10, scaler["spec"]!["maxReplicas"]!.GetValue<int>());
        Assert.Equal("wasm-wizard", scaler["spec"]!["scaleTargetRef"]!["name"]!.GetValue<string>());

        var single = ManifestSet.Of(Settings with { Environment = Production with { Scaling = new(1, 1) } }, Parts(1, Production.Variables));
        Assert.Equal(1, single.Stable["spec"]!["replicas"]!.GetValue<int>());
        Assert.DoesNotContain(single.Surroundings, manifest => Text(manifest["kind"]) == "HorizontalPodAutoscaler");
    }

    [Fact]
    public void Pods_spread_over_zones_and_nodes_and_still_fit_on_one()
    {
        var constraints = Pod["topologySpreadConstraints"]!.AsArray();
        Assert.Equal(["topology.kubernetes.io/zone", "kubernetes.io/hostname"], constraints.Select(constraint => Text(constraint!["topologyKey"])));
        Assert.All(constraints, constraint => Assert.Equal("ScheduleAnyway", Text(constraint!["whenUnsatisfiable"])));
    }

    [Theory]
    [InlineData("startupProbe", "/health/live")]
    [InlineData("livenessProbe", "/health/live")]
    [InlineData("readinessProbe", "/health/ready")]
    public void Probes_ask_what_the_service_answers(string probe, string path) =>
        Assert.Equal($$"""{"path":"{{path}}","port":"http"}""", Compact(Container[probe]!["httpGet"]!));

    [Fact]
    public void A_pod_that_ends_is_drained_first_and_has_time_for_the_longest_execution()
    {
        var pause = Container["lifecycle"]!["preStop"]!["sleep"]!["seconds"]!.GetValue<int>();
        Assert.Equal(5, pause);
        Assert.True(Pod["terminationGracePeriodSeconds"]!.GetValue<int>() > pause + 30);
    }

    [Fact]
    public void Containers_run_as_nobody_on_a_root_that_cannot_be_written_and_with_no_token()
    {
        Assert.Equal("""{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]},"readOnlyRootFilesystem":true,"runAsNonRoot":true}""", Compact(Container["securityContext"]!));
        Assert.Equal("RuntimeDefault", Text(Pod["securityContext"]!["seccompProfile"]!["type"]));
        Assert.True(Pod["securityContext"]!["runAsNonRoot"]!.GetValue<bool>());
        Assert.False(Pod["automountServiceAccountToken"]!.GetValue<bool>());
        Assert.False(Of("ServiceAccount")["automountServiceAccountToken"]!.GetValue<bool>());
        Assert.Equal("restricted", Text(Set.Namespace["metadata"]!["labels"]!["pod-security.kubernetes.io/enforce"]));
    }

    [Fact]
    public void Memory_is_bounded_and_processor_time_is_asked_for()
    {
        Assert.Equal("2Gi", Text(Container["resources"]!["limits"]!["memory"]));
        Assert.Equal("500m", Text(Container["resources"]!["requests"]!["cpu"]));
        Assert.Null(Container["resources"]!["limits"]!["cpu"]);
    }

    [Fact]
    public void Another_configuration_is_another_object_and_the_same_one_the_same()
    {
        var other = new Dictionary<string, string>(Production.Variables) { ["RUST_LOG"] = "warn" };
        Assert.NotEqual(Name(Set.Config), Name(ManifestSet.Of(Settings, Parts(1, other)).Config));
        Assert.Equal(Name(Set.Config), Name(ManifestSet.Of(Settings, Parts(2, Production.Variables)).Config));
        Assert.True(Set.Config["immutable"]!.GetValue<bool>());
        Assert.Equal(Name(Set.Config), Text(Container["envFrom"]![0]!["configMapRef"]!["name"]));
    }

    [Fact]
    public void Secrets_come_as_files_of_a_numbered_version_and_are_nowhere_in_the_manifests()
    {
        var pod = ManifestSet.Of(Settings, Parts(7, Production.Variables)).Stable["spec"]!["template"]!["spec"]!;
        Assert.Equal("wasm-wizard-secrets-7", Text(pod["volumes"]![0]!["secret"]!["secretName"]));
        var variables = pod["containers"]![0]!["env"]!.AsArray().ToDictionary(variable => Text(variable!["name"]), variable => Text(variable!["value"]));
        Assert.Equal("/run/secrets/wasm-wizard/DATABASE_URL", variables["DATABASE_URL_FILE"]);
        Assert.Equal("/run/secrets/wasm-wizard/REDIS_URL", variables["REDIS_URL_FILE"]);
        Assert.DoesNotContain(Set.All, manifest => Text(manifest["kind"]) == "Secret");
    }

    [Fact]
    public void The_ingress_ends_TLS_for_the_public_name_and_adds_security_headers()
    {
        var ingress = Of("Ingress");
        Assert.Equal("""[{"hosts":["wasm-wizard.com"],"secretName":"wasm-wizard-tls"}]""", Compact(ingress["spec"]!["tls"]!));
        Assert.Equal("https", Text(ingress["spec"]!["rules"]![0]!["http"]!["paths"]![0]!["backend"]!["service"]!["port"]!["name"]));
        Assert.Equal("wasm-wizard-production/wasm-wizard-headers", Text(ingress["metadata"]!["annotations"]!["nginx.ingress.kubernetes.io/custom-headers"]));
        var headers = Set.Surroundings.Single(manifest => Name(manifest) == "wasm-wizard-headers")["data"]!;
        Assert.Contains("max-age=31536000", Text(headers["Strict-Transport-Security"]), StringComparison.Ordinal);
        Assert.Equal("nosniff", Text(headers["X-Content-Type-Options"]));
    }

    [Fact]
    public void Nothing_is_reachable_unless_a_policy_on_the_namespaces_own_label_says_so()
    {
        var policies = Set.Surroundings.Where(manifest => Text(manifest["kind"]) == "NetworkPolicy").ToDictionary(Name);
        Assert.Equal("""{"podSelector":{},"policyTypes":["Ingress","Egress"]}""", Compact(policies["deny-all"]["spec"]!));
        var serving = policies["wasm-wizard"]["spec"]!;
        Assert.Contains("kubernetes.io/metadata.name", serving.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal([5432, 6379], serving["egress"]![1]!["ports"]!.AsArray().Select(port => port!["port"]!.GetValue<int>()));
    }

    [Fact]
    public void A_drain_of_a_node_takes_one_pod_at_a_time() => Assert.Equal(1, Of("PodDisruptionBudget")["spec"]!["maxUnavailable"]!.GetValue<int>());

    [Fact]
    public void The_canary_gets_requests_through_the_same_Service_and_is_not_counted_by_the_stable_Deployment()
    {
        var service = Set.Surroundings.Single(manifest => Name(manifest) == "wasm-wizard" && Text(manifest["kind"]) == "Service")["spec"]!["selector"]!.AsObject();
        var canary = Set.Canary["spec"]!["template"]!["metadata"]!["labels"]!.AsObject();
        Assert.All(service, label => Assert.Equal(Text(label.Value), Text(canary[label.Key])));
        Assert.NotEqual(Text(canary["wasm-wizard.com/track"]), Text(Set.Stable["spec"]!["selector"]!["matchLabels"]!["wasm-wizard.com/track"]));
    }

    [Fact]
    public void Prometheus_finds_each_pod_under_the_name_that_its_configuration_asks_for()
    {
        var instances = Set.Surroundings.Single(manifest => Name(manifest) == "wasm-wizard-instances")["spec"]!;
        Assert.Equal("None", Text(instances["clusterIP"]));
        Assert.Equal(8080, instances["ports"]![0]!["port"]!.GetValue<int>());
    }

    [Fact]
    public void Every_object_says_whose_it_is() =>
        Assert.All(Set.All, manifest => Assert.Equal("wasm-wizard-delivery", Text(manifest["metadata"]!["labels"]!["app.kubernetes.io/managed-by"])));

    [Fact]
    public void Monitoring_is_there_only_where_the_cluster_knows_its_kinds()
    {
        Assert.DoesNotContain(Set.Surroundings, manifest => Text(manifest["apiVersion"]).StartsWith("monitoring", StringComparison.Ordinal));
        var monitored = ManifestSet.Of(Settings with { Metrics = Contract.Metrics }, Parts(1, Production.Variables)).Surroundings;
        Assert.Equal(["ServiceMonitor", "PrometheusRule"], monitored.Select(manifest => Text(manifest["kind"])).TakeLast(2));
    }

    private static ReleaseParts Parts(int secrets, IReadOnlyDictionary<string, string> variables) => new()
    {
        Id = "3f2a91c0d4e5",
        Image = "registry.example/wasm-wizard@sha256:" + new string('a', 64),
        Variables = variables,
        Secrets = ManifestFiles.SecretNames(Production),
        SecretVersion = secrets,
    };

    private static JsonObject Of(string kind) => Set.Surroundings.Single(manifest => Text(manifest["kind"]) == kind);

    private static string Name(JsonObject manifest) => Text(manifest["metadata"]!["name"]);

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    /// <summary>With keys in order, so that the client library's order of fields is no part of a promise.</summary>
    private static string Compact(JsonNode node) => Sorted(node)!.ToJsonString();

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => KeyValuePair.Create(field.Key, Sorted(field.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
