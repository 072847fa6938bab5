using System.Net;
using System.Net.Sockets;
using System.Text;
using WasmWizard.Delivery.Containers.Oci;
using WasmWizard.Delivery.Containers.Registries;

namespace WasmWizard.Delivery.Containers.Tests;

public sealed class RegistrySpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wasm-wizard-registry-").FullName;
    private readonly HttpClient _client = Registry.NewClient(new("robot", "secret"));

    public void Dispose()
    {
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [ToolFact("docker-registry")]
    [Trait("suite", "complete")]
    public async Task A_pushed_image_is_there_by_digest_and_tag_and_can_be_built_on()
    {
        using var server = await RunningRegistry.StartAsync(_folder);
        var image = await SampleLayout.WriteAsync(_folder);
        var registry = new Registry(_client);
        var to = ImageReference.Of($"{server.Host}/team/wasm-wizard");

        Assert.Equal(3, await registry.PushAsync(image, to, ["research"], CancellationToken.None));
        Assert.Equal(0, await registry.PushAsync(image, to, ["research"], CancellationToken.None));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(to.Address, "manifests/research"));
        request.Headers.Accept.ParseAdd(MediaTypes.Manifest);
        using var tagged = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, tagged.StatusCode);

        var layers = new LayerCache(Path.Combine(_folder, "cache"));
        var below = await registry.PullBaseAsync(ImageReference.Parse($"{to}@{image.Digest}"), "amd64", layers, _folder, CancellationToken.None);
        Assert.Equal(image.Digest, below.Digest);
        Assert.Equal(image.Manifest.Layers.Select(layer => layer.Digest), below.Layers.Select(layer => layer.Digest.ToString()));
        var again = await registry.PullBaseAsync(ImageReference.Parse($"{to}@{image.Digest}"), "amd64", layers, _folder, CancellationToken.None);
        Assert.Equal(below.Layers, again.Layers);
        await Assert.ThrowsAsync<ImageException>(() => registry.PullBaseAsync(ImageReference.Parse($"{to}@{image.Digest}"), "arm64", layers, _folder, CancellationToken.None));
    }

    [Theory]
    [InlineData("HTTP/1.1 500 -\r\nContent-Length: 0\r\n", "answers 500")]
    [InlineData("HTTP/1.1 429 -\r\nContent-Length: 0\r\n", "answers 429")]
    [InlineData("HTTP/1.1 401 -\r\nWWW-Authenticate: Digest realm=\"x\"\r\nContent-Length: 0\r\n", "answers 401")]
    [InlineData("HTTP/1.1 200 -\r\nContent-Length: 9\r\n\r\nhalf", "broke off")]
    [InlineData("HTTP/1.1 200 -\r\nContent-Length: 4\r\n\r\nfull", "other bytes")]
    public async Task A_registry_that_fails_is_told_and_nothing_is_left_behind(string reply, string told)
    {
        using var server = new CannedServer(reply);
        var image = await SampleLayout.WriteAsync(_folder);
        var registry = new Registry(_client);
        var reference = ImageReference.Parse($"{server.Host}/wasm-wizard@{image.Digest}");
        var file = Path.Combine(_folder, "blob");

        var read = await Assert.ThrowsAsync<ImageException>(() => registry.ReadAsync(reference, manifest: true, image.Digest, CancellationToken.None));
        Assert.Contains(told, read.Message, StringComparison.Ordinal);
        Assert.NotEmpty(read.Fix);
        await Assert.ThrowsAsync<ImageException>(() => registry.DownloadAsync(reference, image.Manifest.Config, file, CancellationToken.None));
        Assert.Empty(Directory.GetFiles(_folder, "blob*"));
    }

    [Theory]
    [InlineData("registry.example/wasm-wizard:latest")]
    [InlineData("wasm-wizard@sha256:abc")]
    [InlineData("registry.example/Upper")]
    [InlineData("registry.example/a b")]
    public void Only_digests_name_an_image(string text) => Assert.Throws<ImageException>(() => ImageReference.Parse(text));

    [Fact]
    public void Without_tls_only_on_loopback()
    {
        Assert.Equal("http", ImageReference.Of("127.0.0.1:5000/a").Address.Scheme);
        Assert.Equal("https", ImageReference.Of("registry.example/a").Address.Scheme);
        Assert.DoesNotContain("secret", new RegistryCredentials("robot", "secret").ToString(), StringComparison.Ordinal);
    }

    /// <summary>Gives every request the same reply and hangs up.</summary>
    private sealed class CannedServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _serving;

        public CannedServer(string reply)
        {
            _listener.Start();
            _serving = ServeAsync(Encoding.ASCII.GetBytes(reply.Contains("\r\n\r\n", StringComparison.Ordinal) ? reply : reply + "\r\n"));
        }

        public string Host => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

        public void Dispose()
        {
            _listener.Stop();
            _serving.GetAwaiter().GetResult();
        }

        private async Task ServeAsync(byte[] reply)
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    using var reader = new StreamReader(client.GetStream(), Encoding.ASCII, leaveOpen: true);
                    while (await reader.ReadLineAsync() is { Length: > 0 })
                    {
                    }

                    await client.GetStream().WriteAsync(reply);
                }
            }
            catch (Exception stopped) when (stopped is SocketException or InvalidOperationException or IOException)
            {
                return;
            }
        }
    }
}
