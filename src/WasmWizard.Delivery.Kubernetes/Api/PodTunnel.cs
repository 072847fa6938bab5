using System.Net.WebSockets;
using k8s;
using k8s.Autorest;

namespace WasmWizard.Delivery.Kubernetes.Api;

/// <summary>
/// A connection to a pod's port that its own node makes, inside the pod: no policy and no route between the API server and pods is in its way.
/// </summary>
internal static class PodTunnel
{
    private const string Protocol = "v4.channel.k8s.io";
    private static readonly byte? Data = 0;

    /// <summary>A client whose connections all lead to that port, whatever host its requests name.</summary>
    public static HttpClient Client(k8s.Kubernetes client, string space, string pod, int port) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellation) =>
        {
            try
            {
                var socket = await client.WebSocketNamespacedPodPortForwardAsync(pod, space, [port], Protocol, cancellationToken: cancellation);
                var demuxer = new StreamDemuxer(socket, StreamType.PortForward, ownsSocket: true);
                demuxer.Start();
                return demuxer.GetStream(Data, Data);
            }
            catch (Exception refused) when (refused is WebSocketException or HttpOperationException)
            {
                throw new HttpRequestException($"no tunnel to pod {pod}: {refused.Message}", refused);
            }
        },
    });
}
