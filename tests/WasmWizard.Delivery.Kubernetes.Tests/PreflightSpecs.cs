using WasmWizard.Delivery.Kubernetes.Images;
using WasmWizard.Delivery.Kubernetes.Simulator.Faults;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;

namespace WasmWizard.Delivery.Kubernetes.Tests;

/// <summary>Everything that is missing is told at once, before anything is changed; and what an API does wrong now and then is borne.</summary>
public sealed class PreflightSpecs
{
    [Fact]
    public async Task Missing_rights_secrets_certificate_and_image_are_told_together_and_nothing_is_written()
    {
        await using var stage = await Stage.Open(hasCertificate: false);
        stage.Server.Denied.UnionWith(["patch deployments", "create jobs"]);
        var pipeline = stage.Pipeline(secrets: new Dictionary<string, string>(), images: new NoImages());

        var refused = Assert.IsType<RolloutOutcome.Refused>(await pipeline.Deploy(Stage.Release(1)));

        Assert.Equal(["WW3203", "WW3204", "WW3205", "WW3207"], refused.Faults.Select(fault => fault.Id));
        Assert.Contains("create jobs.batch, patch deployments.apps", refused.Faults[0].Observed, StringComparison.Ordinal);
        Assert.Contains("DATABASE_URL, REDIS_URL", refused.Faults[1].Observed, StringComparison.Ordinal);
        Assert.Contains("--database-url-file FILE --redis-url-file FILE", refused.Faults[1].Next, StringComparison.Ordinal);
        Assert.Equal(0, stage.Server.Faults.Writes);
    }

    [Fact]
    public async Task An_account_that_may_not_even_look_is_told_every_right_that_it_lacks()
    {
        await using var stage = await Stage.Open();
        stage.Server.Denied.UnionWith(["get namespaces", "patch namespaces", "get secrets", "list secrets", "list configmaps", "create jobs"]);
        var target = stage.Pipeline().Target;

        var deploying = Assert.Single(await target.PreflightPlace(default), fault => fault.Id == "WW3203");
        var looking = await target.Silence(default);

        foreach (var right in new[] { "get namespaces", "patch namespaces", "get secrets", "list secrets", "list configmaps", "create jobs.batch" })
            Assert.Contains(right, deploying.Observed, StringComparison.Ordinal);
        Assert.Equal("WW3203", looking?.Id);
        Assert.Contains("list configmaps", looking!.Observed, StringComparison.Ordinal);
        Assert.DoesNotContain("create jobs", looking.Observed, StringComparison.Ordinal);
        Assert.Equal(0, stage.Server.Faults.Writes);
    }

    [Fact]
    public async Task An_account_of_one_namespace_deploys_where_the_namespace_is_there()
    {
        await using var stage = await Stage.Open();
        stage.Server.Denied.Add("create namespaces");

        var outcome = await stage.Pipeline().Deploy(Stage.Release(1));

        Assert.True(outcome is RolloutOutcome.Healthy, OutcomeText.Of(outcome, "master").ToString());
    }

    [Fact]
    public async Task Expired_credentials_are_the_only_thing_that_is_told()
    {
        await using var stage = await Stage.Open();
        var pipeline = stage.Pipeline();
        stage.Server.Token = "another";

        var faults = await pipeline.Target.PreflightPlace(default);

        Assert.Equal("WW3201", Assert.Single(faults).Id);
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_told_with_its_address()
    {
        await using var stage = await Stage.Open();
        var pipeline = stage.Pipeline();
        await stage.Server.DisposeAsync();

        var silence = await pipeline.Target.Silence(default);
        Assert.Equal("WW3200", silence?.Id);
        Assert.Contains("127.0.0.1", silence?.Observed, StringComparison.Ordinal);
        var outcome = Assert.IsType<RolloutOutcome.NotStarted>(await pipeline.Deploy(Stage.Release(1)));
        Assert.Contains("does not answer", OutcomeText.Of(outcome, "master").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_without_the_operators_kinds_is_deployed_to_and_the_plan_says_what_is_left_out()
    {
        await using var stage = await Stage.Open(knowsOperators: false);
        var pipeline = stage.Pipeline();

        Assert.IsType<RolloutOutcome.Healthy>(await pipeline.Deploy(Stage.Release(1)));

        Assert.Contains("prometheus-operator.dev", pipeline.Events.OfType<RolloutEvent.PlanMade>().Single().Plan.Steps.Single(step => step.Id == "monitoring").Change, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrations_over_a_known_schema_are_refused_without_anything_that_backs_up()
    {
        await using var stage = await Stage.Open();
        await stage.Pipeline().Deploy(Stage.Release(1));

        var refused = Assert.IsType<RolloutOutcome.Refused>(await stage.Pipeline().Deploy(Stage.Release(2, migrations: 2)));

        Assert.Equal("WW3208", Assert.Single(refused.Faults).Id);
    }

    [Fact]
    public async Task Two_at_once_do_not_deploy_both()
    {
        await using var stage = await Stage.Open();
        await stage.Pipeline().Deploy(Stage.Release(1));
        await stage.Pipeline().Locks.TryAcquire("bob@host 9", "deploy", TimeSpan.FromMinutes(5), default);

        var held = Assert.IsType<RolloutOutcome.LockHeld>(await stage.Pipeline().Deploy(Stage.Release(2)));

        Assert.Equal("bob@host 9", held.By.Holder);
        Assert.True(await stage.Pipeline().Locks.Break("bob@host 9", default));
        Assert.IsType<RolloutOutcome.Healthy>(await stage.Pipeline().Deploy(Stage.Release(2)));
    }

    [Theory]
    [InlineData(ApiFault.LostReply)]
    [InlineData(ApiFault.Refused)]
    [InlineData(ApiFault.Conflict)]
    [InlineData(ApiFault.TooManyRequests)]
    [InlineData(ApiFault.ServerError)]
    public async Task An_API_that_fails_one_write_in_ten_is_borne(ApiFault fault)
    {
        await using var stage = await Stage.Open();
        await stage.Pipeline().Deploy(Stage.Release(1));
        stage.Server.Faults = new ApiFaults(seed: 7).Share(fault, 0.1);

        var outcome = await stage.Pipeline().Deploy(Stage.Release(2));

        Assert.True(outcome is RolloutOutcome.Healthy, OutcomeText.Of(outcome, "master").ToString());
        Assert.True(stage.Server.Faults.Met > 0);
        stage.Server.Faults = new ApiFaults(0);
        Assert.Null(await stage.Pipeline().Locks.Read(default));
        await stage.Chain();
    }

    private sealed class NoImages : IReleaseImages
    {
        public Task<string?> WhyNot(Digest image, CancellationToken cancellation) => Task.FromResult<string?>($"r/i has no image {image}");

        public Task<Digest?> Named(string alias, CancellationToken cancellation) => Task.FromResult<Digest?>(null);

        public Task Name(string alias, Digest image, CancellationToken cancellation) => throw new InvalidOperationException("nothing is named before an image is there");
    }
}
