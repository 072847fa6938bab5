using System.Text.Json;

namespace WasmWizard.Service.Tests;

public class HealthSpecs
{
    [Theory]
    [InlineData("/health")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    public async Task A_whole_service_is_well(string path)
    {
        await using var service = await RunningService.StartAsync();
        Assert.Equal((200, "application/json; charset=utf-8"), ((await service.GetAsync(path)).Status, (await service.GetAsync(path)).ContentType));
    }

    [Fact]
    public async Task All_checks_and_the_release_are_told()
    {
        await using var service = await RunningService.StartAsync(("RELEASE_VERSION", "v1.2.3"), ("RELEASE_COMMIT", "abc"), ("RELEASE_DIGEST", "sha256:1"));
        var health = (await service.GetAsync("/health")).Json;
        Assert.Equal("""{"version":"v1.2.3","commit":"abc","digest":"sha256:1"}""", health.GetProperty("release").GetRawText());
        Assert.Equal(["serving", "database", "data-path", "cryptography"], Names(health.GetProperty("checks")));
        Assert.Equal(("healthy", "research"), (health.GetProperty("status").GetString(), health.GetProperty("environment").GetString()));
        Assert.Equal(1, await service.MetricAsync("wasm_wizard_build_info{version=\"v1.2.3\",commit=\"abc\",digest=\"sha256:1\"}"));
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/health/ready")]
    [InlineData("/readyz")]
    public async Task Without_its_schema_it_is_not_ready_and_says_what_to_do(string path)
    {
        await using var service = await RunningService.StartAsync(migrate: false);
        var answer = await service.GetAsync(path);
        Assert.Equal(503, answer.Status);
        Assert.Contains("Migrations are pending: 0001_usage_logs, 0002_accounts. Run \\\"WasmWizard.Service migrate\\\".", answer.Text, StringComparison.Ordinal);
        Assert.Equal(0, await service.MetricAsync("wasm_wizard_ready"));
        Assert.Equal(200, (await service.GetAsync("/health/live")).Status);
    }

    [Fact]
    public async Task A_database_that_is_no_database_is_told()
    {
        await using var service = await RunningService.StartAsync(migrate: false);
        await File.WriteAllTextAsync(Path.Combine(service.DataPath, "wasm-wizard.db"), string.Concat(Enumerable.Repeat("not a database ", 100)));
        Assert.Contains("database does not answer (SQLite error 26)", (await service.GetAsync("/health/ready")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_path_that_went_away_is_told_and_comes_back()
    {
        await using var service = await RunningService.StartAsync(migrate: false);
        Directory.Delete(service.DataPath, recursive: true);
        var reasons = (await service.GetAsync("/health/ready")).Json.GetProperty("reasons");
        Assert.Equal(["database", "data-path"], Names(reasons));
        Assert.Equal(200, (await service.GetAsync("/metrics")).Status);
        Directory.CreateDirectory(service.DataPath);
        Assert.Equal(["database"], Names((await service.GetAsync("/health/ready")).Json.GetProperty("reasons")));
    }

    [Fact]
    public async Task Where_keys_are_required_probes_need_none_and_the_rest_is_refused()
    {
        await using var service = await RunningService.StartAsync(("AUTH_REQUIRED", "true"));
        Assert.Equal(200, (await service.GetAsync("/health/ready")).Status);
        var answer = await service.ExecuteAsync(Guests.Echo);
        Assert.Equal((401, "urn:wasm-wizard:WW5301", "Bearer"), (answer.Status, answer["type"], answer.Headers["WWW-Authenticate"]));
        Assert.Equal(1, await service.MetricAsync("wasm_wizard_authentication_failures_total{reason=\"missing\"}"));
    }

    [Fact]
    public async Task While_it_drains_it_is_not_ready_but_serves_and_running_guests_end()
    {
        var service = await RunningService.StartAsync(("EXECUTION_TIMEOUT", "2"), ("MAX_CONCURRENT_EXECUTIONS", "2"));
        await using (service)
        {
            var sleeping = service.ExecuteAsync(Guests.Sleep);
            await RunningService.UntilAsync(async () => await service.MetricAsync("wasm_wizard_executions_running") == 1);
            var stopping = service.App.StopAsync();
            var ready = await service.GetAsync("/health/ready");
            Assert.Equal(503, ready.Status);
            Assert.Equal(["serving"], Names(ready.Json.GetProperty("reasons")));
            Assert.Equal("still", (await service.ExecuteAsync(Guests.Echo, "still"))["output"]);
            Assert.False(stopping.IsCompleted);
            Assert.Equal("timeout", (await sleeping)["reason"]);
            await stopping;
            await Assert.ThrowsAsync<HttpRequestException>(() => service.GetAsync("/health/live"));
        }
    }

    [Fact]
    public async Task A_drain_ends_by_force_after_the_longest_time_a_guest_may_take()
    {
        var service = await RunningService.StartAsync(("EXECUTION_TIMEOUT", "1"), ("MAX_EXECUTION_TIMEOUT", "1"), ("MAX_CONCURRENT_EXECUTIONS", "1"));
        await using (service)
        {
            // Three guests one after another take longer than one: the drain does not wait for a queue without end.
            var guests = Enumerable.Range(0, 3).Select(_ => service.ExecuteAsync(Guests.Sleep)).ToArray();
            await RunningService.UntilAsync(async () => await service.MetricAsync("wasm_wizard_queue_depth") == 2);
            await service.App.StopAsync();
            Assert.All(await Task.WhenAll(guests), g => Assert.Equal("timeout", g["reason"]));
        }
    }

    private static IEnumerable<string?> Names(JsonElement checks) => checks.EnumerateArray().Select(c => c.GetProperty("name").GetString());
}
