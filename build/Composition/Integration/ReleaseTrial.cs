using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using WasmWizard.Delivery.Gates.Integration;

/// <summary>Makes a release do what production asks of it, with production's settings, and notes what held.</summary>
/// <param name="program">The published service.</param>
/// <param name="folder">For its data.</param>
/// <param name="servers">Up and empty.</param>
public sealed class ReleaseTrial(string program, string folder, ThrowAwayServers servers) : IDisposable
{
    private const string Greeting = "hello from wasm";

    /// <summary>Requests of the Free tier in a minute, and one that is too many.</summary>
    private const int TooMany = 11;

    private const string Module = $$"""
        (module
          (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
          (memory (export "memory") 1)
          (data (i32.const 16) "{{Greeting}}")
          (func (export "_start")
            (i32.store (i32.const 0) (i32.const 16))
            (i32.store (i32.const 4) (i32.const 15))
            (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly int _port = ThrowAwayServers.FreePort();
    private readonly List<IntegrationCheck> _checks = [];
    private readonly List<string> _log = [];
    private Running? _service;

    public string Log => string.Join('\n', [.. _log, _service?.Said ?? ""]);

    private string KeyFile => Path.Combine(folder, "key");

    /// <summary>Stops at the first fault: what comes after would only repeat it.</summary>
    public async Task<IReadOnlyList<IntegrationCheck>> Run(CancellationToken cancellation)
    {
        using var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{_port}"), Timeout = Patience };
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        Func<Task<string?>>[] checks =
        [
            () => Command(cancellation, "migrate"),
            () => ChangesNothing(cancellation),
            () => Command(cancellation, "admin", "create-key", "--role", "user", "--tier", "free", "--file", KeyFile),
            () => Starts(client, cancellation),
            () => RefusesWithoutKey(client, cancellation),
            () => Executes(client, cancellation),
            () => KeepsUsage(client, cancellation),
            () => LimitsRate(client, cancellation),
            () => Stops(cancellation),
        ];
        foreach (var (name, check) in IntegrationGate.Required.Zip(checks))
        {
            var fault = await Attempt(check, cancellation);
            _checks.Add(new(name, fault));
            if (fault is not null)
                break;
        }

        return _checks;
    }

    public void Dispose() => _service?.Dispose();

    /// <summary>A release that breaks off or falls silent did not do what it was asked; that is its fault, not the trial's.</summary>
    private static async Task<string?> Attempt(Func<Task<string?>> check, CancellationToken cancellation)
    {
        try
        {
            return await check();
        }
        catch (Exception silent) when (silent is HttpRequestException or TimeoutException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return silent.Message;
        }
    }

    private async Task<string?> Command(CancellationToken cancellation, params string[] arguments) => (await Ask(arguments, cancellation)).Fault;

    /// <summary>The service names each migration that it applies, so the second time it says nothing; its own check agrees.</summary>
    private async Task<string?> ChangesNothing(CancellationToken cancellation)
    {
        var (fault, said) = await Ask(["migrate"], cancellation);
        return fault ?? (said.Length > 0 ? $"the second migrate said: {said}" : await Command(cancellation, "check"));
    }

    private async Task<(string? Fault, string Said)> Ask(string[] arguments, CancellationToken cancellation)
    {
        using var command = Running.Start(program, arguments, Variables);
        var exitCode = await command.End(Patience, cancellation);
        var said = command.Said.Trim();
        _log.Add($"$ WasmWizard.Service {string.Join(' ', arguments)}\n{said}");
        return (exitCode == 0 ? null : $"exit code {exitCode}, 0 required: {said}", said);
    }

    private async Task<string?> Starts(HttpClient client, CancellationToken cancellation)
    {
        _service = Running.Start(program, [], Variables);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Patience);
        var last = "no answer";
        while (!_service.HasEnded)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), deadline.Token);
                if (answer.IsSuccessStatusCode)
                    return null;
                last = $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(deadline.Token)}";
                await Task.Delay(50, deadline.Token);
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50, deadline.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return $"not ready within {Patience.TotalSeconds:0} s: {last}";
            }
        }

        return $"it ended: {_service.Said.Trim()}";
    }

    private static async Task<string?> RefusesWithoutKey(HttpClient client, CancellationToken cancellation)
    {
        using var answer = await Execute(client, cancellation);
        return answer.StatusCode == HttpStatusCode.Unauthorized ? null : $"answered {(int)answer.StatusCode} to a caller without a key, 401 required";
    }

    private async Task<string?> Executes(HttpClient client, CancellationToken cancellation)
    {
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(KeyFile, cancellation)).Trim());
        using var answer = await Execute(client, cancellation);
        var body = await answer.Content.ReadAsStringAsync(cancellation);
        return answer.IsSuccessStatusCode && body.Contains(Greeting, StringComparison.Ordinal) ? null : $"answered {(int)answer.StatusCode} {body}, the output '{Greeting}' required";
    }

    /// <summary>Usage is written behind the answer, so it is asked for until it is there.</summary>
    private static async Task<string?> KeepsUsage(HttpClient client, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Patience);
        try
        {
            while (true)
            {
                using var usage = JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/usage", UriKind.Relative), deadline.Token));
                if (usage.RootElement.GetProperty("executions").GetInt64() > 0)
                    return null;
                await Task.Delay(50, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return "the execution is not in the usage";
        }
        catch (Exception wrong) when (wrong is HttpRequestException or JsonException or KeyNotFoundException)
        {
            return $"the usage cannot be read: {wrong.Message}";
        }
    }

    private static async Task<string?> LimitsRate(HttpClient client, CancellationToken cancellation)
    {
        for (var asked = 1; asked <= TooMany; asked++)
        {
            using var answer = await Execute(client, cancellation);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                return null;
        }

        return $"{TooMany} executions of the Free tier within a minute were all admitted";
    }

    private async Task<string?> Stops(CancellationToken cancellation)
    {
        _service!.Terminate();
        var exitCode = await _service.End(Patience, cancellation);
        return exitCode == 0 ? null : $"exit code {exitCode} after SIGTERM, 0 required";
    }

    private static async Task<HttpResponseMessage> Execute(HttpClient client, CancellationToken cancellation)
    {
        using var form = new MultipartFormDataContent { { new StringContent(Module), "wasm", "module.wat" }, { new StringContent(""), "input" } };
        return await client.PostAsync(new Uri("/api/execute", UriKind.Relative), form, cancellation);
    }

    private Dictionary<string, string> Variables => new()
    {
        ["ENVIRONMENT"] = "production",
        ["AUTH_REQUIRED"] = "true",
        ["RUST_LOG"] = "info",
        ["DATABASE_URL"] = servers.DatabaseUrl,
        ["REDIS_URL"] = servers.RedisUrl,
        ["TRUST_PROXY"] = "true",
        ["LISTEN_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}"),
        ["DATA_PATH"] = Path.Combine(folder, "data"),
    };
}
