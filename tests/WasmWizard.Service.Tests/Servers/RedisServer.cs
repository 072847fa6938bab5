using System.Diagnostics;
using System.Globalization;
using StackExchange.Redis;

namespace WasmWizard.Service.Tests.Servers;

/// <summary>A Redis of its own on loopback, nothing kept on disk.</summary>
public sealed class RedisServer : IAsyncLifetime
{
    private readonly int _port = Loopback.FreePort();
    private Process? _process;

    public string Url => string.Create(CultureInfo.InvariantCulture, $"redis://127.0.0.1:{_port}");

    public Task InitializeAsync() => Loopback.Find("redis-server") is null ? Task.CompletedTask : StartAsync();

    public async Task StartAsync()
    {
        _process = Loopback.Start(Loopback.Find("redis-server")!, "--port", _port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no");
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        await Loopback.UntilAsync(async () =>
        {
            await using var connection = await ConnectionMultiplexer.ConnectAsync(string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port},connectTimeout=500"));
            await connection.GetDatabase().PingAsync();
        });
    }

    public void Stop()
    {
        if (_process is null)
            return;
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    public Task DisposeAsync()
    {
        Stop();
        return Task.CompletedTask;
    }
}
