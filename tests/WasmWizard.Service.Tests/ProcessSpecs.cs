using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using WasmWizard.Service.Executions;
using WasmWizard.Service.Tests.Servers;

namespace WasmWizard.Service.Tests;

/// <summary>The program as a process: how it is started, found and ended.</summary>
public sealed class ProcessSpecs : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task It_migrates_serves_on_a_port_of_its_own_and_ends_with_0_at_SIGTERM()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var process = Start(("MIGRATE_ON_START", "true"), ("RUST_LOG", "trace"), ("EXECUTION_TIMEOUT", "1"));
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var address = await AddressAsync(process);
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.True(ready.IsSuccessStatusCode);

        using var form = new MultipartFormDataContent { { new StringContent(Guests.Sleep), "wasm", "m.wat" }, { new StringContent("secret input"), "input" } };
        var running = client.PostAsync(new Uri("/api/execute", UriKind.Relative), form);
        await RunningService.UntilAsync(async () =>
            (await client.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Contains("wasm_wizard_executions_running 1", StringComparison.Ordinal));
        Terminate(process);
        using var answer = await running;
        Assert.Equal(422, (int)answer.StatusCode);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        Assert.Contains($"Listening on {address}", await output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", await output, StringComparison.Ordinal);
        // Wasmtime's native library would log here at RUST_LOG=trace.
        Assert.Equal("", await errors);
    }

    [Fact]
    public async Task Outside_research_the_log_is_JSON_and_names_the_callers_trace()
    {
        if (OperatingSystem.IsWindows())
            return;
        const string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var nobody = $"127.0.0.1:{Loopback.FreePort()}";
        using var process = Start(
            ("ENVIRONMENT", "staging"), ("AUTH_REQUIRED", "true"), ("TRUST_PROXY", "true"), ("DATABASE_URL", $"postgres://ww:secret@{nobody}/ww"), ("REDIS_URL", $"redis://{nobody}"));
        var output = process.StandardOutput.ReadToEndAsync();
        using var client = new HttpClient { BaseAddress = new Uri(await AddressAsync(process)) };
        client.DefaultRequestHeaders.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        client.DefaultRequestHeaders.Add("X-API-Key", $"ww_{new string('k', 32)}");
        using var answer = await client.GetAsync(new Uri("/api/modules", UriKind.Relative));
        Assert.Equal(503, (int)answer.StatusCode);
        Terminate(process);
        var line = (await output).Split('\n').Single(each => each.Contains("was answered 503", StringComparison.Ordinal));
        Assert.Equal(trace, JsonDocument.Parse(line).RootElement.GetProperty("Scopes")[0].GetProperty("TraceId").GetString());
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_arrives_takes_a_processor_from_an_answer_only_while_a_guest_computes_for_long()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var process = Start(("MIGRATE_ON_START", "true"), ("EXECUTION_TIMEOUT", "600"), ("MAX_EXECUTION_TIMEOUT", "600"));
        using var client = new HttpClient { BaseAddress = new Uri(await AddressAsync(process)) };
        Assert.Equal([ReceivingThreads.Batch], PoliciesOfReceivingThreads(process));
        await WhileItRunsAsync(Guests.Loop, ReceivingThreads.Normal);
        await UntilPolicyIsAsync(ReceivingThreads.Batch);
        await WhileItRunsAsync(Guests.Sleep, ReceivingThreads.Batch);
        Terminate(process);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);

        async Task WhileItRunsAsync(string guest, uint policy)
        {
            using var leave = new CancellationTokenSource();
            using var form = new MultipartFormDataContent { { new StringContent(guest), "wasm", "m.wat" } };
            var running = client.PostAsync(new Uri("/api/execute", UriKind.Relative), form, leave.Token);
            await RunningService.UntilAsync(async () =>
                (await client.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Contains("wasm_wizard_executions_running 1", StringComparison.Ordinal));
            await UntilPolicyIsAsync(policy);
            await leave.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        }

        Task UntilPolicyIsAsync(uint policy) => RunningService.UntilAsync(() => Task.FromResult(PoliciesOfReceivingThreads(process).SequenceEqual([policy])));
    }

    /// <summary>The different ones of them; the 41st field of a thread's statistics, the second one of which is a name in parentheses.</summary>
    private static IEnumerable<uint> PoliciesOfReceivingThreads(Process process) => Directory.GetDirectories($"/proc/{process.Id}/task")
        .Select(StatisticsOf)
        .Where(stat => stat.Contains($"({ReceivingThreads.Name})", StringComparison.Ordinal))
        .Select(stat => uint.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[38], CultureInfo.InvariantCulture))
        .Distinct();

    /// <summary>Empty for a thread that has ended meanwhile.</summary>
    private static string StatisticsOf(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "stat"));
        }
        catch (IOException)
        {
            return "";
        }
    }

    [Fact]
    public async Task Bad_settings_end_it_with_2_and_no_stack()
    {
        using var process = Start(("ENVIRONMENT", "nowhere"));
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(2, process.ExitCode);
        Assert.Contains("ENVIRONMENT is \"nowhere\"", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    private Process Start(params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", Path.Combine(AppContext.BaseDirectory, "WasmWizard.Service.dll") },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ENVIRONMENT"] = "development",
                ["AUTH_REQUIRED"] = "false",
                ["DATA_PATH"] = _directory.File("data"),
                ["LISTEN_URLS"] = "http://127.0.0.1:0",
                ["LISTEN_ADDRESS_FILE"] = _directory.File("address"),
            },
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private async Task<string> AddressAsync(Process process)
    {
        await RunningService.UntilAsync(() => Task.FromResult(File.Exists(_directory.File("address")) || process.HasExited));
        return Assert.Single(await File.ReadAllLinesAsync(_directory.File("address")));
    }

    private static void Terminate(Process process)
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
