using System.Globalization;
using System.Text;
using WasmWizard.Service.Accounts;
using WasmWizard.Service.Limits;
using WasmWizard.Service.Tests.Servers;

namespace WasmWizard.Service.Tests;

/// <summary>The limits that instances share, and what happens while their counters or the database are away.</summary>
[Collection(Backend.Name)]
[Trait("suite", "complete")]
public sealed class RedisSpecs(PostgresServer postgres, RedisServer redis)
{
    [ServersFact]
    public async Task Eight_clients_of_three_instances_never_get_more_than_the_limit_together()
    {
        var connections = Enumerable.Range(0, 3).Select(_ => new RedisConnection(redis.Url)).ToArray();
        IRateLimiter[] limiters = [.. connections.Select(c => new RedisRateLimiter(c, true, new InProcessRateLimiter(TimeProvider.System)))];
        // Redis goes by the time of day of this machine.
        var storm = await RateLimitCases.StormAsync(limiters, $"storm-{Guid.NewGuid():N}", clients: 8, windows: 4, () => DateTime.UtcNow - DateTime.UnixEpoch);
        RateLimitCases.AssertNeverMoreThanTheLimit(storm);
        RateLimitCases.AssertEveryRefusalWasDue(storm);
        foreach (var connection in connections)
            await connection.DisposeAsync();
    }

    [ServersFact]
    public async Task Asked_slowly_nobody_is_refused()
    {
        await using var connection = new RedisConnection(redis.Url);
        // A little slower than the limit: the wait of the system's timer is not exact, and Redis has a clock of its own.
        await RateLimitCases.AssertSlowAskingIsNeverRefusedAsync(
            new RedisRateLimiter(connection, true, new InProcessRateLimiter(TimeProvider.System)), time => Task.Delay(time + TimeSpan.FromMilliseconds(2)));
    }

    [ServersFact]
    public async Task Instances_share_a_callers_limit_and_answers_tell_of_it()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var one = await RunningService.StartAsync(("DATABASE_URL", database), ("REDIS_URL", redis.Url));
        await using var two = await RunningService.StartAsync(("DATABASE_URL", database), ("REDIS_URL", redis.Url));
        var key = await one.NewKeyAsync("basic");
        await one.Tiers.PutAsync(new Tier("basic", 1, 5, 7, 1 << 26, TimeSpan.FromSeconds(5)), default);
        using var first = one.ClientWith(key);
        using var second = two.ClientWith(key);
        for (var i = 0; i < 5; i++)
        {
            var answer = await RunningService.ExecuteAsync(i % 2 == 0 ? first : second, Guests.Echo, "");
            Assert.Equal((200, "5", (4 - i).ToString(CultureInfo.InvariantCulture)), (answer.Status, answer.Headers["RateLimit-Limit"], answer.Headers["RateLimit-Remaining"]));
        }

        var refused = await RunningService.ExecuteAsync(second, Guests.Echo, "");
        Assert.Equal((429, "urn:wasm-wizard:WW5306"), (refused.Status, refused["type"]));
        Assert.InRange(int.Parse(refused.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal(1, await two.MetricAsync("wasm_wizard_rate_limit_rejections_total{window=\"minute\",tier=\"basic\"}"));
    }

    [ServersTheory]
    [InlineData("refuse", 503)]
    [InlineData("allow", 200)]
    public async Task While_Redis_is_away_executions_are_refused_or_counted_here_and_it_is_found_again(string setting, int status)
    {
        var own = new RedisServer();
        await own.InitializeAsync();
        await using var service = await RunningService.StartAsync(("REDIS_URL", own.Url), ("RATE_LIMIT_WITHOUT_REDIS", setting));
        using var client = service.ClientWith(await service.NewKeyAsync("pro"));
        Assert.Equal(200, (await RunningService.ExecuteAsync(client, Guests.Echo, "")).Status);
        own.Stop();
        Assert.Equal(status, (await RunningService.ExecuteAsync(client, Guests.Echo, "")).Status);
        Assert.Equal(503, (await service.GetAsync("/health/ready")).Status);
        Assert.Contains("Redis does not answer", (await service.GetAsync("/health/ready")).Text, StringComparison.Ordinal);
        await own.StartAsync();
        await RunningService.UntilAsync(async () => (await service.GetAsync("/health/ready")).Status == 200);
        Assert.Equal(200, (await RunningService.ExecuteAsync(client, Guests.Echo, "")).Status);
        await own.DisposeAsync();
    }

    [ServersFact]
    public async Task While_PostgreSQL_is_away_requests_are_answered_503_and_it_is_found_again()
    {
        var own = new PostgresServer();
        await own.InitializeAsync();
        await using var service = await RunningService.StartAsync(("DATABASE_URL", await own.NewDatabaseAsync()));
        using var client = service.ClientWith(await service.NewKeyAsync("pro"));
        Assert.Equal(201, (await ApiCases.UploadAsync(client, "/api/modules", Encoding.UTF8.GetBytes(Guests.Echo))).Status);
        own.Stop();
        var away = await ApiCases.GetAsync(client, "/api/modules");
        Assert.Equal((503, "urn:wasm-wizard:WW5404", "1"), (away.Status, away["type"], away.Headers["Retry-After"]));
        Assert.Equal(503, (await service.GetAsync("/health/ready")).Status);
        Assert.Equal(200, (await service.GetAsync("/health/live")).Status);
        await own.StartAsync();
        await RunningService.UntilAsync(async () => (await service.GetAsync("/health/ready")).Status == 200);
        Assert.Equal("1", (await ApiCases.GetAsync(client, "/api/modules"))["total"]);
        await own.DisposeAsync();
    }
}
