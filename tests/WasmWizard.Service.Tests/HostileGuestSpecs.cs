using WasmWizard.Service.Accounts;

namespace WasmWizard.Service.Tests;

/// <summary>Whatever a guest does, it ends within its limits, says why, and others are served.</summary>
public class HostileGuestSpecs
{
    private static readonly (string, string)[] HalfASecond = [("EXECUTION_TIMEOUT", "0.5"), ("MEMORY_LIMIT", "16777216"), ("MAX_OUTPUT_SIZE", "100000")];

    public static TheoryData<string, string, string> Hostile => new()
    {
        { "loop", Guests.Loop, "timeout" },
        { "sleep", Guests.Sleep, "timeout" },
        { "read for ever", Guests.ReadForEver, "timeout" },
        { "yield for ever", Guests.YieldForEver, "timeout" },
        { "loop before _start", """(module (func $s (loop $again (br $again))) (start $s) (func (export "_start")))""", "timeout" },
        { "random for ever", Guests.Command("(loop $again (drop (call $random_get (i32.const 0) (i32.const 65536))) (br $again))"), "timeout" },
        { "eat memory", Guests.EatMemory, "memory" },
        { "eat memory and exit", Guests.Command("(loop $again (br_if $again (i32.ne (memory.grow (i32.const 1)) (i32.const -1)))) (call $proc_exit (i32.const 9))"), "memory" },
        { "too large from the start", """(module (memory (export "memory") 4096) (func (export "_start")))""", "memory" },
        { "too large a table", """(module (table 10000000 funcref) (func (export "_start")))""", "memory" },
        { "eat tables", EatTables, "trap" },
        { "flood stdout", Guests.Flood, "output" },
        { "flood stderr", Guests.Flood.Replace("(call $fd_write (i32.const 1)", "(call $fd_write (i32.const 2)", StringComparison.Ordinal), "output" },
        { "recursion", Guests.Recursion, "trap" },
        { "recursion with large frames", LargeFrames, "trap" },
        { "unreachable", Guests.Command("unreachable"), "trap" },
        { "division by zero", Guests.Command("(drop (i32.div_s (i32.const 1) (i32.const 0)))"), "trap" },
        { "integer overflow", Guests.Command("(drop (i32.div_s (i32.const 0x80000000) (i32.const -1)))"), "trap" },
        { "conversion", Guests.Command("(drop (i32.trunc_f32_s (f32.const inf)))"), "trap" },
        { "out of bounds", Guests.Command("(i32.store (i32.const 65536) (i32.const 1))"), "trap" },
        { "data out of bounds", """(module (memory (export "memory") 1) (data (i32.const 65536) "x") (func (export "_start")))""", "trap" },
        { "null function", """(module (table 1 funcref) (type $t (func)) (func (export "_start") (call_indirect (type $t) (i32.const 0))))""", "trap" },
        { "other signature", """(module (table funcref (elem $f)) (type $t (func (param i32))) (func $f) (func (export "_start") (call_indirect (type $t) (i32.const 1) (i32.const 0))))""", "trap" },
        { "table out of bounds", """(module (table 1 funcref) (type $t (func)) (func (export "_start") (call_indirect (type $t) (i32.const 7))))""", "trap" },
    };

    private const string EatTables = """
        (module (table $t 1 funcref)
          (func (export "_start")
            (loop $again (br_if $again (i32.ne (table.grow $t (ref.null func) (i32.const 100)) (i32.const -1))))
            (unreachable)))
        """;

    private static string LargeFrames { get; } =
        $"(module (func $deeper (export \"_start\") (local {string.Concat(Enumerable.Repeat("i64 ", 2000))}) (call $deeper) {string.Concat(Enumerable.Range(0, 2000).Select(i => $"(local.set {i} (i64.add (local.get {i}) (i64.const 1)))"))}))";

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task It_is_ended_with_its_reason_and_the_next_one_is_served(string what, string wat, string reason)
    {
        await using var service = await RunningService.StartAsync([.. HalfASecond, ("MAX_CONCURRENT_EXECUTIONS", "1")]);
        var answer = await service.ExecuteAsync(wat);
        Assert.True(answer.Status == 422, $"{what}: {answer.Status} {answer.Text}");
        Assert.Equal(reason, answer["reason"]);
        Assert.NotNull(answer["error"]);
        Assert.Equal("served", (await service.ExecuteAsync(Guests.Echo, "served"))["output"]);
        Assert.Equal(1, await service.MetricAsync($"wasm_wizard_executions_total{{outcome=\"{reason}\",tier=\"free\"}}"));
        Assert.Equal(0, await service.MetricAsync("wasm_wizard_executions_running"));
    }

    [Fact]
    public async Task A_table_grows_to_its_limit_and_no_further()
    {
        await using var service = await RunningService.StartAsync();
        var answer = await service.ExecuteAsync($$"""
            (module {{Guests.Imports}} (memory (export "memory") 1) (table $t 1 funcref)
              (func (export "_start")
                (drop (table.grow $t (ref.null func) (i32.const 99999)))
                (if (i32.ne (table.grow $t (ref.null func) (i32.const 1)) (i32.const -1)) (then (call $proc_exit (i32.const 1))))
                (if (i32.ne (table.size $t) (i32.const 100000)) (then (call $proc_exit (i32.const 2))))))
            """);
        Assert.True(answer.Status == 200, answer.Text);
    }

    [Fact]
    public async Task Flooding_keeps_what_was_within_the_limit()
    {
        await using var service = await RunningService.StartAsync(HalfASecond);
        Assert.Equal(100_000, (await service.ExecuteAsync(Guests.Flood))["output"]!.Length);
    }

    [Fact]
    public async Task A_character_cut_at_the_limit_does_not_turn_text_into_base64()
    {
        await using var service = await RunningService.StartAsync(("MAX_OUTPUT_SIZE", "3"));
        var answer = await service.ExecuteAsync(Guests.Echo, "ééé");
        Assert.Equal(("output", "é"), (answer["reason"], answer["output"]));
    }

    [Fact]
    public async Task Running_out_of_fuel_is_told_as_fuel()
    {
        await using var service = await RunningService.StartAsync(("FUEL_LIMIT", "10000"));
        var answer = await service.ExecuteAsync(Guests.Loop);
        Assert.Equal((422, "fuel", "10000"), (answer.Status, answer["reason"], answer["fuelUsed"]));
    }

    [Fact]
    public async Task A_trap_names_the_function_where_it_happened()
    {
        await using var service = await RunningService.StartAsync();
        var answer = await service.ExecuteAsync("""(module (func $wrong (unreachable)) (func (export "_start") (call $wrong)))""");
        Assert.Contains("unreachable", answer["error"], StringComparison.Ordinal);
        Assert.Contains("wrong", answer["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_hostile_guests_run_others_are_served()
    {
        await using var service = await RunningService.StartAsync(("EXECUTION_TIMEOUT", "20"), ("MAX_CONCURRENT_EXECUTIONS", "4"), ("MAX_CONCURRENT_PER_KEY", "4"));
        using var leave = new CancellationTokenSource();
        Task[] hostile =
        [
            RunningService.ExecuteAsync(service.CallerAt(11), Guests.Sleep, cancellation: leave.Token),
            RunningService.ExecuteAsync(service.CallerAt(12), Guests.Loop, cancellation: leave.Token),
            RunningService.ExecuteAsync(service.CallerAt(13), Guests.ReadForEver, cancellation: leave.Token),
        ];
        await RunningService.UntilAsync(async () => await service.MetricAsync("wasm_wizard_executions_running") == 3);
        for (var i = 0; i < 20; i++)
            Assert.Equal($"{i}", (await service.ExecuteAsync(Guests.Echo, $"{i}"))["output"]);
        Assert.DoesNotContain(hostile, h => h.IsCompleted);
        await leave.CancelAsync();
        await RunningService.UntilAsync(async () => await service.MetricAsync("wasm_wizard_executions_running") == 0);
        foreach (var task in hostile)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
    }

    [Fact]
    public async Task A_caller_whose_guests_never_end_has_a_share_of_the_slots_and_of_the_queue()
    {
        await using var service = await RunningService.StartAsync(
            ("EXECUTION_TIMEOUT", "20"), ("MAX_CONCURRENT_EXECUTIONS", "3"), ("MAX_CONCURRENT_PER_KEY", "2"), ("MAX_QUEUE", "8"));
        using var leave = new CancellationTokenSource();
        var hostile = Enumerable.Range(0, 6).Select(_ => service.ExecuteAsync(Guests.Loop, cancellation: leave.Token)).ToArray();
        await RunningService.UntilAsync(async () => await service.MetricAsync("wasm_wizard_queue_depth") == 4);
        Assert.Equal(2, await service.MetricAsync("wasm_wizard_executions_running"));
        Assert.Equal(503, (await service.ExecuteAsync(Guests.Echo, "one too many of the same caller")).Status);

        using var other = service.ClientWith(await service.NewKeyAsync(Tier.Unlimited));
        for (var i = 0; i < 20; i++)
            Assert.Equal($"{i}", (await RunningService.ExecuteAsync(other, Guests.Echo, $"{i}"))["output"]);
        Assert.DoesNotContain(hostile, h => h.IsCompleted);
        await leave.CancelAsync();
        foreach (var task in hostile)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
    }

    /// <summary>The one place where a second is counted, because a second is what is promised; the guest's limit and clock are its own.</summary>
    [Fact]
    public async Task The_slot_of_a_sleeping_guest_is_free_within_a_second_of_its_limit()
    {
        await using var service = await RunningService.StartAsync(("EXECUTION_TIMEOUT", "0.3"), ("MAX_CONCURRENT_EXECUTIONS", "1"), ("MAX_QUEUE", "0"));
        var answer = await service.ExecuteAsync(Guests.Sleep);
        Assert.Equal("timeout", answer["reason"]);
        Assert.InRange(answer.Json.GetProperty("durationMs").GetDouble(), 300, 1300);
        Assert.Equal("next", (await service.ExecuteAsync(Guests.Echo, "next"))["output"]);
    }

    [Fact]
    public async Task When_the_client_leaves_its_guest_ends_and_its_slot_is_free()
    {
        await using var service = await RunningService.StartAsync(("EXECUTION_TIMEOUT", "30"), ("MAX_CONCURRENT_EXECUTIONS", "1"));
        using var leave = new CancellationTokenSource();
        var sleeping = service.ExecuteAsync(Guests.Sleep, cancellation: leave.Token);
        await RunningService.UntilAsync(async () => await service.MetricAsync("wasm_wizard_executions_running") == 1);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sleeping);
        Assert.Equal("mine", (await service.ExecuteAsync(Guests.Echo, "mine"))["output"]);
        Assert.Equal(1, await service.MetricAsync("wasm_wizard_executions_total{outcome=\"abandoned\",tier=\"free\"}"));
    }
}
