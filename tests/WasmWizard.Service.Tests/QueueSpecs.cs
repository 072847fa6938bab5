namespace WasmWizard.Service.Tests;

public class QueueSpecs
{
    [Fact]
    public async Task A_full_queue_answers_503_with_retry_after_and_empties_again()
    {
        await using var service = await RunningService.StartAsync(("EXECUTION_TIMEOUT", "30"), ("MAX_CONCURRENT_EXECUTIONS", "1"), ("MAX_QUEUE", "1"));
        using var leave = new CancellationTokenSource();
        var running = service.ExecuteAsync(Guests.Sleep, cancellation: leave.Token);
        await RunningService.UntilAsync(async () => await service.MetricAsync("wasm_wizard_executions_running") == 1);
        var waiting = service.ExecuteAsync(Guests.Echo, "waited");
        await RunningService.UntilAsync(async () => await service.MetricAsync("wasm_wizard_queue_depth") == 1);

        var refused = await service.ExecuteAsync(Guests.Echo, "too many");
        Assert.Equal((503, "1", "urn:wasm-wizard:WW5401"), (refused.Status, refused.Headers["Retry-After"], refused["type"]));
        Assert.Equal(1, await service.MetricAsync("wasm_wizard_queue_rejections_total"));

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal("waited", (await waiting)["output"]);
        Assert.Equal(0, await service.MetricAsync("wasm_wizard_queue_depth"));
    }

    [Fact]
    public async Task Without_a_queue_an_idle_service_still_serves()
    {
        await using var service = await RunningService.StartAsync(("MAX_CONCURRENT_EXECUTIONS", "1"), ("MAX_QUEUE", "0"));
        for (var i = 0; i < 5; i++)
            Assert.Equal(200, (await service.ExecuteAsync(Guests.Exit(0))).Status);
    }

    [Fact]
    public async Task A_client_that_leaves_while_it_waits_is_not_run()
    {
        await using var service = await RunningService.StartAsync(("EXECUTION_TIMEOUT", "30"), ("MAX_CONCURRENT_EXECUTIONS", "1"));
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        var running = service.ExecuteAsync(Guests.Sleep, cancellation: first.Token);
        await RunningService.UntilAsync(async () => await service.MetricAsync("wasm_wizard_executions_running") == 1);
        var waiting = service.ExecuteAsync(Guests.Exit(5), cancellation: second.Token);
        await RunningService.UntilAsync(async () => await service.MetricAsync("wasm_wizard_queue_depth") == 1);
        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await RunningService.UntilAsync(async () => await service.MetricAsync("wasm_wizard_http_requests_total{method=\"POST\",route=\"/api/execute\",status=\"499\"}") == 0);
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(200, (await service.ExecuteAsync(Guests.Exit(0))).Status);
        Assert.Equal(0, await service.MetricAsync("wasm_wizard_executions_total{outcome=\"exit\",tier=\"free\"}"));
    }

    [Fact]
    public async Task Whoever_leaves_is_counted_whether_the_guest_ran_or_waited()
    {
        await using var service = await RunningService.StartAsync(("EXECUTION_TIMEOUT", "30"), ("MAX_CONCURRENT_EXECUTIONS", "1"), ("MAX_QUEUE", "2"));
        using var leave = new CancellationTokenSource();
        var running = service.ExecuteAsync(Guests.Sleep, cancellation: leave.Token);
        await RunningService.UntilAsync(async () => await service.MetricAsync("wasm_wizard_executions_running") == 1);
        using var leaveEarly = new CancellationTokenSource();
        // It sleeps, too: its turn may come before the service has noticed that its client left.
        var waiting = service.ExecuteAsync(Guests.Sleep, cancellation: leaveEarly.Token);
        await RunningService.UntilAsync(async () => await service.MetricAsync("wasm_wizard_queue_depth") == 1);

        await leaveEarly.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        await RunningService.UntilAsync(async () => (await service.GetAsync("/metrics")).Text.Contains("wasm_wizard_executions_total{outcome=\"abandoned\",tier=\"free\"} 2", StringComparison.Ordinal));
    }
}
