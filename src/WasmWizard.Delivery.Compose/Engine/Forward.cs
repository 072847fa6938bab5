using System.Net;
using System.Net.Sockets;

namespace WasmWizard.Delivery.Compose.Engine;

/// <summary>
/// A port on this machine's loopback that leads to a container of an engine elsewhere, for clients that open sockets themselves, such as pg_dump. It
/// is open until disposed; what connects still has to give the container's own password.
/// </summary>
internal sealed class Forward : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();

    /// <param name="dial">Opens a stream to the container.</param>
    public Forward(Func<CancellationToken, Task<Stream>> dial)
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = Task.Run(() => Accept(dial));
    }

    public int Port { get; }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task Accept(Func<CancellationToken, Task<Stream>> dial)
    {
        var cancellation = _end.Token;
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(cancellation);
                _ = Task.Run(() => Join(client, dial, cancellation), cancellation);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed: nobody is let in any more.
        }
    }

    private static async Task Join(Socket client, Func<CancellationToken, Task<Stream>> dial, CancellationToken cancellation)
    {
        await using var near = new NetworkStream(client, ownsSocket: true);
        try
        {
            await using var far = await dial(cancellation);
            // Whichever side ends first ends both: neither PostgreSQL nor its clients go on half open.
            await Task.WhenAny(near.CopyToAsync(far, cancellation), far.CopyToAsync(near, cancellation));
        }
        catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException)
        {
            // The client sees its connection end, and tells what it was doing.
        }
    }
}
