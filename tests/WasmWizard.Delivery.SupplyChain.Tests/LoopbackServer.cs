using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WasmWizard.Delivery.SupplyChain.Tests;

/// <summary>A server that answers each path with exactly the bytes it is given, broken replies included.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Dictionary<string, byte[]> _replies = [];
    private readonly Task _serving;

    public LoopbackServer()
    {
        _listener.Start();
        Address = new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    public Uri this[string path] => new(Address, path);

    public LoopbackServer Serve(string path, string body, int status = 200) => Serve(path, Encoding.UTF8.GetBytes(body), status);

    /// <param name="path">Of the request.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="status">Of the reply.</param>
    /// <param name="claimed">The length that the reply announces; more than the body for one that breaks off.</param>
    public LoopbackServer Serve(string path, byte[] body, int status = 200, int? claimed = null)
    {
        var head = Encoding.ASCII.GetBytes($"HTTP/1.1 {status} -\r\nContent-Length: {claimed ?? body.Length}\r\nConnection: close\r\n\r\n");
        _replies[path] = [.. head, .. body];
        return this;
    }

    public void Dispose()
    {
        _listener.Stop();
        _serving.GetAwaiter().GetResult();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync();
                using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                var path = (await reader.ReadLineAsync() ?? "").Split(' ') is [_, var asked, ..] ? asked : "";
                while (await reader.ReadLineAsync() is { Length: > 0 })
                {
                }
                await stream.WriteAsync(_replies.GetValueOrDefault(path, "HTTP/1.1 404 -\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray()));
            }
            catch (IOException)
            {
                continue;
            }
            catch (Exception stopped) when (stopped is SocketException or InvalidOperationException)
            {
                return;
            }
        }
    }
}
