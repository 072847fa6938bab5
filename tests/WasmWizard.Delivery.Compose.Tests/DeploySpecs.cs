using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using WasmWizard.Delivery.Compose.Engine;
using WasmWizard.Delivery.Compose.Tests.Fixtures;
using WasmWizard.Delivery.Rollouts;

namespace WasmWizard.Delivery.Compose.Tests;

/// <summary>Staging for real: a clean engine, real PostgreSQL, Redis, Prometheus and HAProxy, and the real service.</summary>
[Collection(OneEngine.Name)]
[Trait("suite", "complete")]
public sealed class DeploySpecs(StagingEngine engine)
{
    [EngineFact]
    public async Task A_clean_engine_becomes_staging_and_what_is_stopped_comes_back()
    {
        var staging = await StagingEnvironment.OpenAsync(engine);
        var release = await staging.ReleaseAsync("base");

        staging.Is<RolloutOutcome.Healthy>(await staging.Staging.Deploy(release));
        await AssertServes(staging, release);
        await AssertOnlyTheProxyIsPublished(staging);
        staging.Is<RolloutOutcome.Unchanged>(await staging.Staging.Deploy(release));
        var key = await staging.Staging.ProbeKey();

        staging.Is<RolloutOutcome.Stopped>(await staging.Staging.Runner.Stop(CancellationToken.None));
        Assert.Null((await staging.Staging.Target.Observe(CancellationToken.None)).Serving);

        staging.Is<RolloutOutcome.Healthy>(await staging.Staging.Deploy(release));
        await AssertServes(staging, release);
        Assert.Equal(key, await staging.Staging.ProbeKey());
        Assert.Null(await staging.Staging.Locks.Read(CancellationToken.None));
        engine.Stands(staging);
    }

    [EngineFact]
    public async Task What_is_missing_is_told_at_once_before_anything_is_made()
    {
        var staging = await engine.StandingAsync();
        var before = await Facts(staging);
        using var faulty = new Staging(staging.Place with
        {
            Certificate = staging.Place.Authority,
            Images = new Dictionary<string, string>(staging.Place.Images) { ["redis"] = "no-such-redis:1" },
        }, staging.Events.Enqueue);

        var refused = staging.Is<RolloutOutcome.Refused>(await faulty.Deploy(await staging.ReleaseAsync("faulty")));

        Assert.Equal(["WW3131", "WW3133"], refused.Faults.Select(fault => fault.Id));
        Assert.Equal(2, ExitCodes.Of(refused));
        Assert.Equal(before, await Facts(staging));
    }

    /// <summary>Containers, the length of the ledger, and the token of whoever held the lock last.</summary>
    private static async Task<IReadOnlyList<string>> Facts(StagingEnvironment staging) =>
    [
        .. (await staging.Staging.Engine.Get("/containers/json?all=true", CancellationToken.None)).AsArray().Select(container => container!["Id"]!.GetValue<string>()).Order(),
        $"{(await staging.Staging.Chain()).Entries.Count} entries",
        $"token {Encoding.ASCII.GetString((await staging.Staging.State.Read("token", CancellationToken.None))!)}",
    ];

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
