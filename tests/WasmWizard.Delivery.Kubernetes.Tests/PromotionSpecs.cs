using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Kubernetes.Simulator.Nodes;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;

namespace WasmWizard.Delivery.Kubernetes.Tests;

/// <summary>Production gets the very bytes that staging has proven, with its own configuration.</summary>
public sealed class PromotionSpecs
{
    private static readonly DeploymentEnvironment Staging = Strategy.Default.Of(EnvironmentName.Staging);

    [Fact]
    public async Task The_digest_that_is_healthy_in_staging_is_what_production_deploys()
    {
        await using var stage = await Stage.Open();
        var tried = Tried(1);
        Assert.IsType<RolloutOutcome.Healthy>(await stage.Pipeline(environment: Staging).Deploy(tried));

        var (release, fault) = await Find(stage);
        var outcome = await stage.Pipeline().Deploy(release!);

        Assert.Null(fault);
        Assert.True(outcome is RolloutOutcome.Healthy, OutcomeText.Of(outcome, "master").ToString());
        Assert.Equal(tried.Digest, release!.Digest);
        Assert.Equal(Stage.Production.Variables, release.Variables);
        Assert.NotEqual(tried.Id, release.Id);
        Assert.EndsWith(tried.Digest.ToString(), stage.Cluster.Find("Deployment", Stage.Space, "wasm-wizard")!["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_promoted_from_a_staging_that_was_never_or_is_not_healthy()
    {
        await using var stage = await Stage.Open();
        Assert.Equal("WW3211", (await Find(stage)).Fault?.Id);
        await stage.Pipeline(environment: Staging).Deploy(Tried(1));
        stage.Behave(Tried(2), new SimulatedImage { CrashesAfter = TimeSpan.FromSeconds(1) });

        Assert.IsType<RolloutOutcome.RolledBack>(await stage.Pipeline(environment: Staging).Deploy(Tried(2)));

        Assert.Equal("WW3211", (await Find(stage)).Fault?.Id);
    }

    private static Release Tried(int number) => KubernetesRelease.Of(Stage.Release(number, variables: Staging.Variables), Stage.Settings with { Environment = Staging });

    private static async Task<(Release? Release, Ports.Fault? Fault)> Find(Stage stage) =>
        await new ProvenRelease(stage.Api(), Stage.Settings with { Environment = Staging }, Stage.Settings).Find(default);
}
