using System.Buffers.Binary;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using WasmWizard.Delivery.Kubernetes.Simulator.Controllers;

namespace WasmWizard.Delivery.Kubernetes.Simulator.Http;

/// <summary>
/// Bytes to and from a port of a pod, in a WebSocket's messages: the first byte names the channel (twice the port's place, and one more for
/// errors), the first message of each channel is the port. What the pod speaks on it is HTTP, one request after the other.
/// </summary>
internal sealed class PortForward(SimulatedCluster cluster)
{
    private const string Protocol = "v4.channel.k8s.io";
    private const int Data = 0;
    private const int Errors = 1;

    public async Task Serve(HttpContext context, ApiRequest request)
    {
        var port = ushort.Parse(context.Request.Query["ports"].ToString(), CultureInfo.InvariantCulture);
        lock (cluster.Gate)
            _ = cluster.Store.Find(Scope.Pods, request.Space, request.Name) ?? throw ApiFailureException.NotFound("pods", request.Name);
        using var socket = await context.WebSockets.AcceptWebSocketAsync(Protocol);
        var named = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(named, port);
        await Send(socket, Data, named, context.RequestAborted);
        await Send(socket, Errors, named, context.RequestAborted);

        var received = new List<byte>();
        var buffer = new byte[64 * 1024];
        var (channel, begins) = (Data, true);
        while (socket.State == WebSocketState.Open)
        {
            WebSocketReceiveResult part;
            try
            {
                part = await socket.ReceiveAsync(buffer, context.RequestAborted);
            }
            catch (Exception left) when (left is WebSocketException or OperationCanceledException)
            {
                return;
            }

            if (part.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
                return;
            }

            var skip = begins && part.Count > 0 ? 1 : 0;
            channel = skip == 1 ? buffer[0] : channel;
            begins = part.EndOfMessage;
            if (channel == Data)
                received.AddRange(buffer.AsSpan(skip, part.Count - skip));
            while (Taken(received) is { } asked)
                await Send(socket, Data, Answer(request, asked), context.RequestAborted);
        }
    }

    private static Task Send(WebSocket socket, byte channel, byte[] bytes, CancellationToken cancellation) =>
        socket.SendAsync(new ArraySegment<byte>([channel, .. bytes]), WebSocketMessageType.Binary, endOfMessage: true, cancellation);

    private byte[] Answer(ApiRequest request, (string Method, string Path, string? Key, byte[] Body) asked)
    {
        lock (cluster.Gate)
        {
            var pod = cluster.Store.Find(Scope.Pods, request.Space, request.Name);
            var (status, type, body) = pod is null ? (503, "text/plain", "the pod is gone") : cluster.Service.Answer(pod, asked.Method, asked.Path, asked.Key, asked.Body);
            var bytes = Encoding.UTF8.GetBytes(body);
            return [.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status} -\r\nContent-Type: {type}\r\nContent-Length: {bytes.Length}\r\n\r\n"), .. bytes];
        }
    }

    /// <summary>The first whole request, taken out of what has come; null while it is not whole.</summary>
    private static (string Method, string Path, string? Key, byte[] Body)? Taken(List<byte> received)
    {
        var text = Encoding.Latin1.GetString([.. received]);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return null;
        var lines = text[..end].Split("\r\n");
        string? Header(string name) => lines.Skip(1).Select(line => line.Split(':', 2))
            .FirstOrDefault(pair => pair[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1].Trim();
        var length = int.Parse(Header("Content-Length") ?? "0", CultureInfo.InvariantCulture);
        var whole = end + 4 + length;
        if (received.Count < whole)
            return null;
        var body = received.GetRange(end + 4, length).ToArray();
        received.RemoveRange(0, whole);
        var asked = lines[0].Split(' ');
        return (asked[0], asked[1], Header("X-API-Key"), body);
    }
}
