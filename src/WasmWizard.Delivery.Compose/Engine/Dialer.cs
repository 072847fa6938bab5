using System.Diagnostics;
using System.Net.Sockets;

namespace WasmWizard.Delivery.Compose.Engine;

/// <summary>Opens streams to an engine and to the addresses of its containers, here or through ssh.</summary>
public sealed class Dialer(EngineAddress address)
{
    /// <summary>To the engine's API.</summary>
    public async Task<Stream> Engine(CancellationToken cancellation)
    {
        if (address.Ssh is { } ssh)
            return Through([.. ssh, "docker", "system", "dial-stdio"]);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(address.Socket!), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>To a port that the engine's host reaches, such as a container's.</summary>
    public async Task<Stream> Container(string host, int port, CancellationToken cancellation)
    {
        if (address.Ssh is { } ssh)
            return Through(["-W", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{host}:{port}"), .. ssh]);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>For HTTP to containers.</summary>
    public SocketsHttpHandler Handler() => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        ConnectCallback = async (target, cancellation) => await Container(target.DnsEndPoint.Host, target.DnsEndPoint.Port, cancellation),
    };

    private static ProcessStream Through(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("ssh") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])["-o", "BatchMode=yes", .. arguments])
            start.ArgumentList.Add(argument);
        return new(Process.Start(start)!);
    }
}
