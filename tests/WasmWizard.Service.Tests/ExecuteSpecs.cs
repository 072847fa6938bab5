using System.Text;
using Wasmtime;

namespace WasmWizard.Service.Tests;

public class ExecuteSpecs
{
    [Fact]
    public async Task Stdin_goes_in_and_stdout_comes_back()
    {
        await using var service = await RunningService.StartAsync();
        var answer = await service.ExecuteAsync(Guests.Echo, "grüße");
        Assert.Equal((200, "application/json"), (answer.Status, answer.ContentType));
        Assert.Equal("grüße", answer["output"]);
        Assert.Equal("", answer["stderr"]);
        Assert.Null(answer["error"]);
        Assert.Equal("0", answer["exitCode"]);
        Assert.Equal("131072", answer["memoryPeakBytes"]);
        Assert.True(answer.Json.GetProperty("durationMs").GetDouble() > 0);
        Assert.Equal(["output", "stderr", "error", "exitCode", "durationMs", "fuelUsed", "memoryPeakBytes"], answer.Json.EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task A_binary_runs_as_its_text_does()
    {
        await using var service = await RunningService.StartAsync();
        var answer = await service.ExecuteAsync(Module.ConvertText(Guests.Echo), "bytes");
        Assert.Equal("bytes", answer["output"]);
    }

    [Fact]
    public async Task A_megabyte_of_input_passes_through_whole()
    {
        await using var service = await RunningService.StartAsync();
        var input = string.Concat(Enumerable.Range(0, 131072).Select(i => $"{i % 10000000,7:0000000}\n"));
        Assert.Equal(1024 * 1024, input.Length);
        Assert.Equal(input, (await service.ExecuteAsync(Guests.Echo, input))["output"]);
    }

    [Fact]
    public async Task Without_input_stdin_is_at_its_end()
    {
        await using var service = await RunningService.StartAsync();
        using var form = new MultipartFormDataContent { { new StringContent(Guests.Echo), "wasm", "m.wat" } };
        var answer = await service.PostAsync(form);
        Assert.Equal((200, ""), (answer.Status, answer["output"]));
    }

    [Fact]
    public async Task Stderr_comes_apart_from_stdout()
    {
        await using var service = await RunningService.StartAsync();
        var answer = await service.ExecuteAsync(Guests.Print(2, "oh"u8.ToArray()));
        Assert.Equal(("", "oh"), (answer["output"], answer["stderr"]));
    }

    [Fact]
    public async Task Exit_code_zero_is_success()
    {
        await using var service = await RunningService.StartAsync();
        Assert.Equal(200, (await service.ExecuteAsync(Guests.Exit(0))).Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(42)]
    [InlineData(255)]
    public async Task Another_exit_code_is_told_with_422(int code)
    {
        await using var service = await RunningService.StartAsync();
        var answer = await service.ExecuteAsync(Guests.Exit(code));
        Assert.Equal((422, "application/problem+json"), (answer.Status, answer.ContentType));
        Assert.Equal(("exit", $"{code}", "urn:wasm-wizard:WW5001"), (answer["reason"], answer["exitCode"], answer["type"]));
        Assert.Equal($"The module ended with exit code {code}.", answer["error"]);
    }

    [Fact]
    public async Task What_was_written_before_a_failure_is_kept()
    {
        await using var service = await RunningService.StartAsync();
        var answer = await service.ExecuteAsync($$"""
            (module {{Guests.Imports}} (memory (export "memory") 1)
              (data (i32.const 0) "\10\00\00\00\06\00\00\00") (data (i32.const 16) "before")
              (func (export "_start")
                (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
                (unreachable)))
            """);
        Assert.Equal((422, "trap", "before"), (answer.Status, answer["reason"], answer["output"]));
        Assert.Null(answer["exitCode"]);
    }

    [Fact]
    public async Task Output_that_is_not_utf8_comes_as_base64()
    {
        await using var service = await RunningService.StartAsync();
        var answer = await service.ExecuteAsync(Guests.Print(1, 0xff, 0xfe, 0x00));
        Assert.Equal(200, answer.Status);
        Assert.Null(answer["output"]);
        Assert.Equal(Convert.ToBase64String([0xff, 0xfe, 0x00]), answer["outputBase64"]);
    }

    [Fact]
    public async Task Stderr_that_is_not_utf8_comes_as_base64()
    {
        await using var service = await RunningService.StartAsync();
        Assert.Equal("gA==", (await service.ExecuteAsync(Guests.Print(2, 0x80)))["stderrBase64"]);
    }

    [Fact]
    public async Task Whoever_asks_for_octets_gets_stdout_raw()
    {
        await using var service = await RunningService.StartAsync();
        var answer = await service.ExecuteAsync(Guests.Print(1, 0xff, 0x00, 0x41), accept: "application/octet-stream");
        Assert.Equal((200, "application/octet-stream"), (answer.Status, answer.ContentType));
        Assert.Equal([0xff, 0x00, 0x41], answer.Bytes);
        Assert.Equal("65536", answer.Headers["X-Execution-Memory-Peak-Bytes"]);
    }

    [Fact]
    public async Task Whoever_asks_for_octets_is_still_told_of_a_failure()
    {
        await using var service = await RunningService.StartAsync();
        var answer = await service.ExecuteAsync(Guests.Exit(3), accept: "application/octet-stream");
        Assert.Equal((422, "application/problem+json", "3"), (answer.Status, answer.ContentType, answer["exitCode"]));
    }

    [Fact]
    public async Task Fuel_used_is_told_where_it_is_metered()
    {
        await using var service = await RunningService.StartAsync(("FUEL_LIMIT", "1000000"));
        var answer = await service.ExecuteAsync(Guests.Echo, "x");
        Assert.InRange(answer.Json.GetProperty("fuelUsed").GetInt64(), 1, 1000);
    }

    [Fact]
    public async Task The_second_time_the_compiled_module_is_found()
    {
        await using var service = await RunningService.StartAsync();
        await service.ExecuteAsync(Guests.Echo, "1");
        await service.ExecuteAsync(Guests.Echo, "2");
        await service.ExecuteAsync(Guests.Exit(0));
        Assert.Equal(2, await service.MetricAsync("wasm_wizard_module_cache_lookups_total{result=\"miss\"}"));
        Assert.Equal(1, await service.MetricAsync("wasm_wizard_module_cache_lookups_total{result=\"hit\"}"));
    }

    [Fact]
    public async Task Many_at_once_each_get_their_own_answer()
    {
        await using var service = await RunningService.StartAsync(("MAX_QUEUE", "200"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => service.ExecuteAsync(Guests.Echo, $"number {i}")));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"number {i}"), answers.Select(a => a["output"]));
    }

    [Fact]
    public async Task Each_execution_leaves_a_row_without_input_or_output()
    {
        await using var service = await RunningService.StartAsync();
        await service.ExecuteAsync(Guests.Echo, "secret words");
        await service.ExecuteAsync(Guests.Exit(7));
        await service.ExecuteAsync("not a module");
        await service.App.StopAsync();
        await using var connection = await service.Database.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT status || ' ' || coalesce(exit_code, '-') || ' ' || input_bytes || ' ' || output_bytes || ' ' || tier FROM usage_logs ORDER BY id";
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        Assert.Equal(["success 0 12 12 free", "exit 7 0 0 free", "invalid - 0 0 free"], rows);
        foreach (var file in Directory.GetFiles(service.DataPath))
            Assert.DoesNotContain("secret words", Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_usage_log_that_cannot_be_written_fails_nobody_and_is_counted()
    {
        await using var service = await RunningService.StartAsync();
        await service.SqlAsync("DROP TABLE usage_logs");
        Assert.Equal(200, (await service.ExecuteAsync(Guests.Exit(0))).Status);
        await RunningService.UntilAsync(async () => await service.MetricAsync("wasm_wizard_usage_records_dropped_total{reason=\"failed\"}") == 1);
    }
}
