using System.Net;
using System.Net.Sockets;
using WasmWizard.Delivery.Compose.Engine;

namespace WasmWizard.Delivery.Compose.Tests;

public sealed class ForwardSpecs
{
    [Fact]
    public async Task What_connects_here_talks_to_the_container_until_either_side_ends()
    {
        using var there = new TcpListener(IPAddress.Loopback, 0);
        there.Start();
        var dialer = new Dialer(EngineAddress.Parse("unix:///none"));
        using var forward = new Forward(cancellation => dialer.Container("127.0.0.1", ((IPEndPoint)there.LocalEndpoint).Port, cancellation));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, forward.Port);
        using var served = await there.AcceptTcpClientAsync();

        await client.GetStream().WriteAsync("ask"u8.ToArray());
        Assert.Equal("ask", await Read(served, 3));
        await served.GetStream().WriteAsync("answer"u8.ToArray());
        Assert.Equal("answer", await Read(client, 6));
        served.Close();

        Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1]));
    }

    [Fact]
    public async Task A_container_that_cannot_be_reached_ends_the_connection_and_leaves_the_port_open()
    {
        using var forward = new Forward(_ => Task.FromException<Stream>(new SocketException((int)SocketError.ConnectionRefused)));
        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, forward.Port);
            Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1]));
        }
    }

    private static async Task<string> Read(TcpClient client, int length)
    {
        var bytes = new byte[length];
        await client.GetStream().ReadExactlyAsync(bytes);
        return System.Text.Encoding.ASCII.GetString(bytes);
    }
}
