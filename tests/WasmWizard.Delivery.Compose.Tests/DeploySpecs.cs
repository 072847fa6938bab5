using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using WasmWizard.Delivery.Compose.Engine;
using WasmWizard.Delivery.Compose.Tests.Fixtures;
using WasmWizard.Delivery.Rollouts;
using Xunit.Abstractions;

namespace WasmWizard.Delivery.Compose.Tests;

/// <summary>Staging for real: a clean engine, real PostgreSQL, Redis, Prometheus and HAProxy, and the real service.</summary>
[Collection(OneEngine.Name)]
[Trait("suite", "complete")]
public sealed class DeploySpecs(StagingEngine engine, ITestOutputHelper output)
{
    [EngineFact]
    public async Task A_clean_engine_becomes_staging_and_goes_to_another_release_and_back()
    {
        await using var staging = await StagingEnvironment.OpenAsync(engine);
        var first = await staging.ReleaseAsync("first");
        var second = await staging.ReleaseAsync("second", new Dictionary<string, string> { ["MAX_QUEUE"] = "100" });

        staging.Is<RolloutOutcome.Healthy>(await staging.Staging.Deploy(first));
        await AssertServes(staging, first);
        await AssertOnlyTheProxyIsPublished(staging);
        staging.Is<RolloutOutcome.Unchanged>(await staging.Staging.Deploy(first));

        staging.Is<RolloutOutcome.Healthy>(await staging.Staging.Deploy(second));
        await AssertServes(staging, second);
        Assert.Single((await staging.Staging.Target.DatabaseBackups(CancellationToken.None))!.Value.Backups.All());

        staging.Is<RolloutOutcome.Healthy>(await staging.Staging.Rollback());
        await AssertServes(staging, first);
        Assert.Null(await staging.Staging.Locks.Read(CancellationToken.None));
        output.WriteLine($"{(await staging.Staging.Chain()).Entries.Count} entries in the ledger");
    }

    [EngineFact]
    public async Task A_release_that_does_not_come_up_leaves_the_one_before_serving_with_4()
    {
        await using var staging = await StagingEnvironment.OpenAsync(engine);
        var good = await staging.ReleaseAsync("good");
        staging.Is<RolloutOutcome.Healthy>(await staging.Staging.Deploy(good));

        var ends = await staging.Staging.Deploy(await staging.ReleaseAsync("ends", new Dictionary<string, string> { ["MAX_QUEUE"] = "many" }));
        Assert.Equal(4, ExitCodes.Of(ends));
        Assert.Contains("MAX_QUEUE", OutcomeText.Of(ends, "development").ToString(), StringComparison.Ordinal);
        await AssertServes(staging, good);

        using var impatient = new Staging(staging.Place, staging.Events.Enqueue, options => options with { ReadyWithin = TimeSpan.FromSeconds(3) });
        var silent = await impatient.Deploy(await staging.ReleaseAsync("silent", null, "ENTRYPOINT [\"/bin/none\"]"));
        Assert.Equal(4, ExitCodes.Of(silent));
        await AssertServes(staging, good);
    }

    [EngineFact]
    public async Task A_stopped_environment_is_gone_but_for_its_data_and_comes_back()
    {
        await using var staging = await StagingEnvironment.OpenAsync(engine);
        var release = await staging.ReleaseAsync("stopped");
        staging.Is<RolloutOutcome.Healthy>(await staging.Staging.Deploy(release));
        var key = await staging.Staging.ProbeKey();

        staging.Is<RolloutOutcome.Stopped>(await staging.Staging.Runner.Stop(CancellationToken.None));
        Assert.Null((await staging.Staging.Target.Observe(CancellationToken.None)).Serving);

        staging.Is<RolloutOutcome.Healthy>(await staging.Staging.Deploy(release));
        await AssertServes(staging, release);
        Assert.Equal(key, await staging.Staging.ProbeKey());
    }

    [EngineFact]
    public async Task What_is_missing_is_told_at_once_before_anything_is_made()
    {
        await using var staging = await StagingEnvironment.OpenAsync(engine);
        using var faulty = new Staging(staging.Place with
        {
            Certificate = staging.Place.Authority,
            Images = new Dictionary<string, string>(staging.Place.Images) { ["redis"] = "no-such-redis:1" },
        }, staging.Events.Enqueue);

        var refused = staging.Is<RolloutOutcome.Refused>(await faulty.Deploy(await staging.ReleaseAsync("faulty")));

        Assert.Equal(["WW3131", "WW3133"], refused.Faults.Select(fault => fault.Id));
        Assert.Equal(2, ExitCodes.Of(refused));
        Assert.Empty((await staging.Staging.Engine.Get("/containers/json?all=true", CancellationToken.None)).AsArray());
    }

    internal static async Task AssertServes(StagingEnvironment staging, Releases.Release release)
    {
        var observed = await staging.Staging.Target.Observe(CancellationToken.None);
        Assert.Equal(release.Id, observed.Serving?.Id);
        Assert.Empty(observed.Drift);
        using var client = Client(staging.Place);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await staging.Staging.ProbeKey());
        var health = await client.GetStringAsync(new Uri("health", UriKind.Relative));
        Assert.Contains(release.Version, health, StringComparison.Ordinal);
        using var metrics = await client.GetAsync(new Uri("metrics", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, metrics.StatusCode);
    }

    internal static HttpClient Client(StagingPlace place)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, place.Port, cancellation);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            },
        };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(place.Authority);
        return new HttpClient(handler) { BaseAddress = new Uri($"https://{place.Host}/") };
    }

    private static async Task AssertOnlyTheProxyIsPublished(StagingEnvironment staging)
    {
        foreach (var container in (await staging.Staging.Engine.Get("/containers/json", CancellationToken.None)).AsArray())
        {
            var name = container!["Names"]![0]!.GetValue<string>().TrimStart('/');
            var published = (await staging.Staging.Engine.FindContainer(name, CancellationToken.None))!.Published;
            Assert.Equal(name.EndsWith("-proxy", StringComparison.Ordinal) ? [staging.Place.Port] : [], published);
        }
    }
}
