using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Rollouts;

namespace WasmWizard.Delivery.Kubernetes.Tests;

/// <summary>Deploying to a cluster over HTTP: first, again, the next, and what is not to be done.</summary>
public sealed class DeploySpecs
{
    [Fact]
    public async Task The_first_release_serves_with_three_pods()
    {
        await using var stage = await Stage.Open();

        var outcome = await stage.Pipeline().Deploy(Stage.Release(1));

        Assert.True(outcome is RolloutOutcome.Healthy, OutcomeText.Of(outcome, "master").ToString());
        Assert.Equal(3, stage.Cluster.ReadyPods(("wasm-wizard.com/release", Stage.Release(1).Id.ToString())));
        Assert.Equal(["migrate", "admin register-key --role user --tier unlimited --user probe --file /run/secrets/probe/key"], stage.Cluster.Commands);
    }

    [Fact]
    public async Task An_unchanged_release_writes_nothing()
    {
        await using var stage = await Stage.Open();
        await stage.Pipeline().Deploy(Stage.Release(1));
        var writes = stage.Server.Faults.Writes;

        var outcome = await stage.Pipeline().Deploy(Stage.Release(1));

        Assert.IsType<RolloutOutcome.Unchanged>(outcome);
        Assert.Equal(writes, stage.Server.Faults.Writes);
    }

    [Fact]
    public async Task The_next_release_takes_over_while_requests_go_on()
    {
        await using var stage = await Stage.Open();
        await stage.Pipeline().Deploy(Stage.Release(1));
        stage.Cluster.Traffic = 200;

        var outcome = await stage.Pipeline().Deploy(Stage.Release(2, migrations: 1));

        Assert.True(outcome is RolloutOutcome.Healthy, OutcomeText.Of(outcome, "master").ToString());
        Assert.Equal(0, stage.Cluster.Users.Unanswered);
        stage.Cluster.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(3, stage.Cluster.ReadyPods(("wasm-wizard.com/release", Stage.Release(2).Id.ToString())));
        Assert.Equal(0, stage.Cluster.ReadyPods(("wasm-wizard.com/release", Stage.Release(1).Id.ToString())));
        Assert.Equal(0, stage.Cluster.ReadyPods(("wasm-wizard.com/track", "canary")));
    }

    [Fact]
    public async Task A_plan_says_exactly_which_fields_change()
    {
        await using var stage = await Stage.Open();
        await stage.Pipeline().Deploy(Stage.Release(1));

        var (plan, faults) = await stage.Pipeline().Runner.Preview(Stage.Release(2), default);

        Assert.Empty(faults);
        var roll = plan!.Steps.Single(step => step.Id == "roll-out");
        Assert.Contains($"spec.template.spec.containers[wasm-wizard].image: {Stage.Repository}@{Stage.Release(1).Digest}", roll.Change, StringComparison.Ordinal);
        Assert.Contains($"metadata.labels.wasm-wizard.com/release: {Stage.Release(1).Id} -> {Stage.Release(2).Id}", roll.Change, StringComparison.Ordinal);
        Assert.True(plan.Steps.Single(step => step.Id == "service-wasm-wizard").Holds);
        Assert.DoesNotContain("first", PlanText.Render(plan), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_writes_nothing_and_names_every_object_that_the_deployment_changes_and_no_other()
    {
        await using var stage = await Stage.Open();
        await stage.Pipeline().Deploy(Stage.Release(1));
        stage.Cluster.Change("PodDisruptionBudget", Stage.Space, "wasm-wizard", budget => budget["spec"]!["maxUnavailable"] = 2);
        stage.Cluster.Put("NetworkPolicy", Policy("outdated", "wasm-wizard-delivery"));
        var next = Stage.Release(2, variables: new Dictionary<string, string>(Stage.Production.Variables) { ["RUST_LOG"] = "warn" });
        var secrets = new Dictionary<string, string> { ["DATABASE_URL"] = "postgres://u:second@db/w" };
        var (writes, before) = (stage.Server.Faults.Writes, Objects(stage));

        var (plan, _) = await stage.Pipeline(secrets: secrets).Runner.Preview(next, default);

        Assert.Equal(writes, stage.Server.Faults.Writes);
        Assert.Equal(before, Objects(stage));
        Assert.IsType<RolloutOutcome.Healthy>(await stage.Pipeline(secrets: secrets).Deploy(next, plan!.Hash));
        var after = Objects(stage);
        var changed = before.Keys.Union(after.Keys).Where(name => before.GetValueOrDefault(name) != after.GetValueOrDefault(name));
        // The step of the environment asks only, and those of migrations change the database.
        var steps = plan.Steps.Where(step => !step.Holds && step.Kind is not (StepKind.Environment or StepKind.Migrate));
        var announced = steps.SelectMany(step => before.Keys.Union(after.Keys).Where(name => step.Subject == name || (step.Kind == StepKind.Prune && step.Change.Contains(name, StringComparison.Ordinal))));
        var (done, told) = (string.Join(' ', changed.Order(StringComparer.Ordinal)), string.Join(' ', announced.Distinct().Order(StringComparer.Ordinal)));
        Assert.True(done == told, $"changed:   {done}\nannounced: {told}\n{PlanText.Render(plan)}");
    }

    [Fact]
    public async Task A_plan_that_was_agreed_to_is_refused_once_the_cluster_has_changed()
    {
        await using var stage = await Stage.Open();
        await stage.Pipeline().Deploy(Stage.Release(1));
        var (plan, _) = await stage.Pipeline().Runner.Preview(Stage.Release(2), default);
        stage.Cluster.Change("Service", Stage.Space, "wasm-wizard", service => service["spec"]!["sessionAffinity"] = "ClientIP");
        stage.Cluster.Change("PodDisruptionBudget", Stage.Space, "wasm-wizard", budget => budget["spec"]!["maxUnavailable"] = 2);

        var outcome = await stage.Pipeline().Deploy(Stage.Release(2), plan!.Hash);

        Assert.Equal(3, ExitCodes.Of(Assert.IsType<RolloutOutcome.PlanChanged>(outcome)));
        Assert.Equal(3, stage.Cluster.ReadyPods(("wasm-wizard.com/release", Stage.Release(1).Id.ToString())));
    }

    [Fact]
    public async Task What_a_person_changed_by_hand_is_drift_and_is_taken_back_by_the_next_deployment()
    {
        await using var stage = await Stage.Open();
        await stage.Pipeline().Deploy(Stage.Release(1));
        stage.Cluster.Change("PodDisruptionBudget", Stage.Space, "wasm-wizard", budget => budget["spec"]!["maxUnavailable"] = 2);

        var observed = await stage.Pipeline().Target.Observe(default);
        var outcome = await stage.Pipeline().Deploy(Stage.Release(1));

        Assert.Contains(observed.Drift, line => line.Contains("spec.maxUnavailable: 2 -> 1", StringComparison.Ordinal));
        Assert.IsType<RolloutOutcome.Healthy>(outcome);
        Assert.Equal(1, stage.Cluster.Find("PodDisruptionBudget", Stage.Space, "wasm-wizard")!["spec"]!["maxUnavailable"]!.GetValue<int>());
        Assert.Empty((await stage.Pipeline().Target.Observe(default)).Drift);
    }

    [Fact]
    public async Task What_a_person_added_to_the_pods_is_drift_changes_the_plan_and_is_taken_back()
    {
        await using var stage = await Stage.Open();
        await stage.Pipeline().Deploy(Stage.Release(1));
        var (agreed, _) = await stage.Pipeline().Runner.Preview(Stage.Release(2), default);
        AddByHand(stage);

        var drift = (await stage.Pipeline().Target.Observe(default)).Drift;
        var refused = await stage.Pipeline().Deploy(Stage.Release(2), agreed!.Hash);
        var outcome = await stage.Pipeline().Deploy(Stage.Release(1));
        var writes = stage.Server.Faults.Writes;

        Assert.Contains(drift, line => line.Contains("containers[wasm-wizard].env[DEBUG]: ", StringComparison.Ordinal) && line.EndsWith("-> (none)", StringComparison.Ordinal));
        Assert.IsType<RolloutOutcome.PlanChanged>(refused);
        Assert.True(outcome is RolloutOutcome.Healthy, OutcomeText.Of(outcome, "master").ToString());
        Assert.DoesNotContain("DEBUG", stage.Cluster.Find("Deployment", Stage.Space, "wasm-wizard")!["spec"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty((await stage.Pipeline().Target.Observe(default)).Drift);
        Assert.IsType<RolloutOutcome.Unchanged>(await stage.Pipeline().Deploy(Stage.Release(1)));
        Assert.Equal(writes, stage.Server.Faults.Writes);
    }

    [Fact]
    public async Task What_a_person_added_to_the_pods_does_not_outlive_the_next_release()
    {
        await using var stage = await Stage.Open();
        await stage.Pipeline().Deploy(Stage.Release(1));
        AddByHand(stage);

        await stage.Pipeline().Deploy(Stage.Release(2));

        var sets = stage.Cluster.All("ReplicaSet", Stage.Space).Where(set => set["metadata"]!["name"]!.GetValue<string>().StartsWith("wasm-wizard-canary", StringComparison.Ordinal) is false);
        Assert.DoesNotContain(sets, set => set.ToJsonString().Contains(Stage.Release(2).Digest.ToString(), StringComparison.Ordinal) && set["spec"]!.ToJsonString().Contains("DEBUG", StringComparison.Ordinal));
        Assert.DoesNotContain("DEBUG", stage.Cluster.Find("Deployment", Stage.Space, "wasm-wizard")!["spec"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollback_brings_configuration_and_secrets_back_byte_for_byte()
    {
        await using var stage = await Stage.Open();
        var first = Stage.Release(1);
        await stage.Pipeline().Deploy(first);
        var before = Used(stage);
        var second = Stage.Release(2, variables: new Dictionary<string, string>(Stage.Production.Variables) { ["RUST_LOG"] = "warn" });
        await stage.Pipeline(secrets: new Dictionary<string, string> { ["DATABASE_URL"] = "postgres://u:second@db/w" }).Deploy(second);
        Assert.NotEqual(before, Used(stage));

        var outcome = await stage.Pipeline(secrets: new Dictionary<string, string>()).Runner.Rollback(null, null, default);

        Assert.True(outcome is RolloutOutcome.Healthy, OutcomeText.Of(outcome, "master").ToString());
        Assert.Equal(before, Used(stage));
        Assert.Equal(3, stage.Cluster.ReadyPods(("wasm-wizard.com/release", first.Id.ToString())));
    }

    [Fact]
    public async Task A_revoked_version_of_the_secrets_does_not_come_back_and_the_plan_says_so()
    {
        await using var stage = await Stage.Open();
        await stage.Pipeline().Deploy(Stage.Release(1));
        await stage.Pipeline(secrets: new Dictionary<string, string> { ["DATABASE_URL"] = "postgres://u:second@db/w" }).Deploy(Stage.Release(2));
        stage.Cluster.Change("Secret", Stage.Space, "wasm-wizard-secrets-1", secret => secret["metadata"]!["labels"]!["wasm-wizard.com/revoked"] = "true");
        var pipeline = stage.Pipeline(secrets: new Dictionary<string, string>());

        await pipeline.Runner.Rollback(null, null, default);

        var plan = pipeline.Events.OfType<RolloutEvent.PlanMade>().Single().Plan;
        Assert.Contains("version 1, which the release ran with, is revoked and does not come back", plan.Steps.Single(step => step.Id == "secrets").Change, StringComparison.Ordinal);
        Assert.Equal("wasm-wizard-secrets-2", SecretOf(stage));
    }

    [Fact]
    public async Task Only_what_is_ours_and_no_longer_wanted_is_removed()
    {
        await using var stage = await Stage.Open();
        await stage.Pipeline().Deploy(Stage.Release(1));
        stage.Cluster.Put("NetworkPolicy", Policy("somebodys", null));
        stage.Cluster.Put("NetworkPolicy", Policy("outdated", "wasm-wizard-delivery"));

        await stage.Pipeline().Deploy(Stage.Release(2));

        Assert.NotNull(stage.Cluster.Find("NetworkPolicy", Stage.Space, "somebodys"));
        Assert.Null(stage.Cluster.Find("NetworkPolicy", Stage.Space, "outdated"));
    }

    /// <summary>As <c>kubectl set env</c> does: a field that no manifest names.</summary>
    private static void AddByHand(Stage stage) => stage.Cluster.Change("Deployment", Stage.Space, "wasm-wizard", deployment =>
        deployment["spec"]!["template"]!["spec"]!["containers"]![0]!["env"]!.AsArray().Add(new System.Text.Json.Nodes.JsonObject { ["name"] = "DEBUG", ["value"] = "1" }));

    private static System.Text.Json.Nodes.JsonObject Policy(string name, string? owner)
    {
        var labels = new System.Text.Json.Nodes.JsonObject { ["app.kubernetes.io/component"] = "service" };
        if (owner is not null)
            labels["app.kubernetes.io/managed-by"] = owner;
        return new()
        {
            ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["name"] = name, ["namespace"] = Stage.Space, ["labels"] = labels },
            ["spec"] = new System.Text.Json.Nodes.JsonObject { ["podSelector"] = new System.Text.Json.Nodes.JsonObject() },
        };
    }

    /// <summary>What people and deployments want of the namespace, by name; not what the cluster makes of it, and not the record.</summary>
    private static SortedDictionary<string, string> Objects(Stage stage)
    {
        var objects = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var kind in new[] { "ConfigMap", "Secret", "Service", "ServiceAccount", "NetworkPolicy", "Ingress", "HorizontalPodAutoscaler", "PodDisruptionBudget", "Deployment", "ServiceMonitor", "PrometheusRule" })
            foreach (var whole in stage.Cluster.All(kind, Stage.Space).Where(whole => whole["metadata"]!["labels"]?["wasm-wizard.com/kind"]?.GetValue<string>() is not ("ledger" or "schema")))
                objects.Add($"{kind.ToLowerInvariant()}/{whole["metadata"]!["name"]}", $"{whole["metadata"]!["labels"]?.ToJsonString()} {whole["spec"]?.ToJsonString()} {whole["data"]?.ToJsonString()}");
        return objects;
    }

    private static string SecretOf(Stage stage) =>
        stage.Cluster.Find("Deployment", Stage.Space, "wasm-wizard")!["spec"]!["template"]!["spec"]!["volumes"]![0]!["secret"]!["secretName"]!.GetValue<string>();

    /// <summary>Name and content of the configuration and the secrets that the serving pods use.</summary>
    private static string Used(Stage stage)
    {
        var container = stage.Cluster.Find("Deployment", Stage.Space, "wasm-wizard")!["spec"]!["template"]!["spec"]!["containers"]![0]!;
        var config = container["envFrom"]![0]!["configMapRef"]!["name"]!.GetValue<string>();
        return $"{config} {stage.Cluster.Find("ConfigMap", Stage.Space, config)!["data"]!.ToJsonString()} {SecretOf(stage)} {stage.Cluster.Find("Secret", Stage.Space, SecretOf(stage))!["data"]!.ToJsonString()}";
    }
}
