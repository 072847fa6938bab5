using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using WasmWizard.Delivery.Containers.Oci;

namespace WasmWizard.Delivery.Containers.Engines;

/// <summary>A container engine on this machine, by its socket.</summary>
public sealed class DockerEngine : IDisposable
{
    private const string Scheme = "unix://";
    private const string Fix = "start the engine, or name its socket with --docker-host unix:///path";
    private readonly HttpClient _client;
    private readonly string _socket;

    /// <param name="address">E.g. <c>unix:///var/run/docker.sock</c>.</param>
    /// <exception cref="ImageException">It is no socket's address.</exception>
    public DockerEngine(string address)
    {
        _socket = address.StartsWith(Scheme, StringComparison.Ordinal) ? address[Scheme.Length..] : throw new ImageException($"'{address}' is no socket of an engine", Fix);
        _client = new(new SocketsHttpHandler { ConnectCallback = Connect }) { BaseAddress = new("http://engine"), Timeout = TimeSpan.FromMinutes(10) };
    }

    /// <summary>Gives the engine an image under names of its own, and asks for it afterwards.</summary>
    /// <param name="image">What is loaded.</param>
    /// <param name="names">With tags.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The engine's id of the image, which is the digest of its configuration.</returns>
    /// <exception cref="ImageException">There is no engine, or it does not take the image.</exception>
    public async Task<string> LoadAsync(ImageLayout image, IReadOnlyList<string> names, CancellationToken cancellation = default)
    {
        var file = Path.GetTempFileName();
        try
        {
            await using var archive = new FileStream(file, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
            await DockerArchive.WriteAsync(image, names, archive, cancellation);
            archive.Position = 0;
            using var content = new StreamContent(archive);
            content.Headers.ContentType = new("application/x-tar");
            using var loaded = await _client.PostAsync(new Uri("/images/load?quiet=1", UriKind.Relative), content, cancellation);
            var answer = await loaded.Content.ReadAsStringAsync(cancellation);
            if (loaded.StatusCode != HttpStatusCode.OK || answer.Contains("\"errorDetail\"", StringComparison.Ordinal))
                throw new ImageException($"the engine at {_socket} does not take the image ({(int)loaded.StatusCode}): {answer.Trim()}", Fix);
            return await IdOfAsync(names[0], image.Manifest.Config.Digest, cancellation);
        }
        catch (Exception problem) when (problem is HttpRequestException or SocketException)
        {
            throw new ImageException($"no engine answers at {_socket}: {problem.Message}", Fix, problem);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<string> IdOfAsync(string name, string configuration, CancellationToken cancellation)
    {
        using var response = await _client.GetAsync(new Uri($"/images/{name}/json", UriKind.Relative), cancellation);
        if (response.StatusCode != HttpStatusCode.OK)
            throw new ImageException($"the engine at {_socket} does not know {name} after it was loaded", Fix);
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
        var id = document.RootElement.GetProperty("Id").GetString()!;
        return id == configuration ? id : throw new ImageException($"the engine at {_socket} holds {id} as {name}; {configuration} is required", Fix);
    }

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_socket), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
