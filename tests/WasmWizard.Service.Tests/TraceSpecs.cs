using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WasmWizard.Service.Accounts;

namespace WasmWizard.Service.Tests;

/// <summary>What is logged about a request can be found: by the caller's trace, or by the one that the answer names.</summary>
public class TraceSpecs
{
    private const string Caller = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Theory]
    [InlineData($"00-{Caller}-00f067aa0ba902b7-01", true)]
    [InlineData($"00-{Caller}-0000000000000000-01", false)]
    [InlineData("no trace", false)]
    [InlineData(null, false)]
    public async Task A_request_that_fails_is_logged_under_one_trace_that_its_answer_names(string? traceparent, bool taken)
    {
        await using var service = await RunningService.StartAsync(("AUTH_REQUIRED", "true"));
        using var lines = Lines.Of(service);
        using var client = service.ClientWith(await service.NewKeyAsync(Tier.Unlimited));
        if (traceparent is not null)
            client.DefaultRequestHeaders.Add("traceparent", traceparent);
        await service.SqlAsync("PRAGMA ignore_check_constraints = ON; UPDATE users SET role = 'unforeseen'; PRAGMA ignore_check_constraints = OFF");
        var answer = await RunningService.ExecuteAsync(client, Guests.Exit(0));
        var (message, trace) = Assert.Single(lines.Logged);
        Assert.Equal(500, answer.Status);
        Assert.Equal("POST /api/execute failed", message);
        Assert.Contains($"under trace {trace}.", answer["detail"], StringComparison.Ordinal);
        Assert.Equal(taken, trace == Caller);
    }

    [Fact]
    public async Task A_database_that_fails_is_logged_under_the_callers_trace()
    {
        await using var service = await RunningService.StartAsync(("AUTH_REQUIRED", "true"));
        using var lines = Lines.Of(service);
        using var client = service.ClientWith(await service.NewKeyAsync(Tier.Unlimited));
        client.DefaultRequestHeaders.Add("traceparent", $"00-{Caller}-00f067aa0ba902b7-01");
        await service.SqlAsync("ALTER TABLE api_keys RENAME TO lost");
        Assert.Equal(503, (await RunningService.ExecuteAsync(client, Guests.Exit(0))).Status);
        Assert.Equal(Caller, Assert.Single(lines.Logged).Trace);
    }

    [Fact]
    public async Task A_request_that_is_logged_when_it_was_answered_is_logged_under_the_callers_trace()
    {
        await using var service = await RunningService.StartAsync(("RUST_LOG", "debug"));
        using var lines = Lines.Of(service);
        using var client = service.CallerAt(1);
        client.DefaultRequestHeaders.Add("traceparent", $"00-{Caller}-00f067aa0ba902b7-01");
        Assert.Equal(200, (await RunningService.ExecuteAsync(client, Guests.Exit(0))).Status);
        // The line follows the answer.
        await RunningService.UntilAsync(() => Task.FromResult(lines.Logged.Any(IsAboutTheRequest)));
        Assert.Equal(Caller, lines.Logged.Single(IsAboutTheRequest).Trace);

        static bool IsAboutTheRequest((string Message, string? Trace) line) => line.Message.StartsWith("POST", StringComparison.Ordinal);
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<(string Message, string? Trace)> Logged { get; } = [];

        public static Lines Of(RunningService service)
        {
            var lines = new Lines();
            service.App.Services.GetRequiredService<ILoggerFactory>().AddProvider(lines);
            return lines;
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Logged.Enqueue((formatter(state, exception), Activity.Current?.TraceId.ToString()));

        public void Dispose()
        {
        }
    }
}
