using System.Collections.Concurrent;
using System.Net.Sockets;

namespace WasmWizard.Delivery.Local.Tests.Fixtures;

/// <summary>A constant load of executions by kept and by fresh connections. Nothing is retried; every answer that is not 200 is kept.</summary>
internal sealed class Load : IAsyncDisposable
{
    private const int Kept = 3;

    /// <summary>Between two requests of a worker: all together send a few hundred in a second, and leave the processors to what is deployed meanwhile.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _end = new();
    private readonly Task[] _workers;
    private int _answers;
    private int _keptConnections;

    public Load(Uri server, string key)
    {
        _workers =
        [
            .. Enumerable.Range(0, Kept).Select(_ => Task.Run(() => Work(server, key, Modules.Hello, keepAlive: true))),
            Task.Run(() => Work(server, key, Modules.Hello, keepAlive: false)),
            Task.Run(() => Work(server, key, Modules.Hello, keepAlive: false)),
            Task.Run(() => Work(server, key, Modules.Sleeper, keepAlive: false)),
        ];
    }

    public ConcurrentQueue<string> Failures { get; } = [];

    public int Answers => _answers;

    /// <summary>Connections that the kept-alive workers opened beyond their first one.</summary>
    public int Reconnections => _keptConnections - Kept;

    public async Task End()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_workers);
    }

    public async ValueTask DisposeAsync()
    {
        await End();
        _end.Dispose();
    }

    private async Task Work(Uri server, string key, string module, bool keepAlive)
    {
        using var http = new PlainHttp(server, keepAlive, key);
        using var beat = new PeriodicTimer(Beat);
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var (status, body) = await http.Execute(module, CancellationToken.None);
                Interlocked.Increment(ref _answers);
                if (status != 200 || !body.Contains("\"output\":\"hello\"", StringComparison.Ordinal))
                    Failures.Enqueue($"{status}: {body}");
                await beat.WaitForNextTickAsync(CancellationToken.None);
            }
            catch (Exception broken) when (broken is IOException or SocketException)
            {
                Failures.Enqueue($"{broken.GetType().Name}: {broken.Message}");
                http.Dispose();
            }
        }

        if (keepAlive)
            Interlocked.Add(ref _keptConnections, http.Connections);
    }
}
