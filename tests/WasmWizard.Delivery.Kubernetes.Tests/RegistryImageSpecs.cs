using System.Net;
using System.Text;
using WasmWizard.Delivery.Kubernetes.Images;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Kubernetes.Tests;

/// <summary>An image is in a registry only when its bytes are; an alias moves without any of them being sent.</summary>
public sealed class RegistryImageSpecs : IDisposable
{
    private const string Repository = "registry.example/team/wasm-wizard";
    private static readonly byte[] Manifest = Encoding.UTF8.GetBytes("""{"schemaVersion":2}""");
    private static readonly Digest Known = Digest.Of(Manifest);
    private static readonly Digest Unknown = Digest.Of([1]);

    private readonly FakeRegistry _registry = new();

    public void Dispose() => _registry.Dispose();

    private RegistryImages Images => new(new HttpClient(_registry), Repository);

    [Fact]
    public async Task An_image_is_there_or_the_answer_says_why_not()
    {
        _registry.Manifests[Known.ToString()] = Manifest;
        _registry.Manifests[Unknown.ToString()] = Manifest;

        Assert.Null(await Images.WhyNot(Known, default));
        Assert.Equal($"{Repository} gives other bytes than {Unknown}", await Images.WhyNot(Unknown, default));
        Assert.Equal($"{Repository} has no image {Digest.Of([2])}", await Images.WhyNot(Digest.Of([2]), default));
        _registry.Status = HttpStatusCode.BadGateway;
        Assert.StartsWith($"the registry of {Repository} does not answer as one", await Images.WhyNot(Known, default), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alias_names_what_it_was_made_to_name()
    {
        _registry.Manifests[Known.ToString()] = Manifest;
        Assert.Null(await Images.Named("latest", default));

        await Images.Name("latest", Known, default);

        Assert.Equal(Known, await Images.Named("latest", default));
        Assert.Equal("https://registry.example/v2/team/wasm-wizard/manifests/latest", _registry.Put);
    }

    [Fact]
    public async Task An_alias_for_an_image_that_is_gone_or_refused_stays_and_says_so()
    {
        Assert.Contains("the alias latest stays", (await Assert.ThrowsAsync<StepFailedException>(() => Images.Name("latest", Known, default))).Message, StringComparison.Ordinal);
        _registry.Manifests[Known.ToString()] = Manifest;
        _registry.PutStatus = HttpStatusCode.Forbidden;

        Assert.Contains("answers 403", (await Assert.ThrowsAsync<StepFailedException>(() => Images.Name("latest", Known, default))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_without_a_registry_is_none() => Assert.Throws<ArgumentException>(() => new RegistryImages(new HttpClient(_registry), "wasm-wizard"));

    private sealed class FakeRegistry : HttpMessageHandler
    {
        public Dictionary<string, byte[]> Manifests { get; } = [];

        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        public HttpStatusCode PutStatus { get; set; } = HttpStatusCode.Created;

        public string? Put { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var name = request.RequestUri!.Segments[^1];
            if (request.Method == HttpMethod.Put)
            {
                Put = request.RequestUri.ToString();
                if (PutStatus == HttpStatusCode.Created)
                    Manifests[name] = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
                return new(PutStatus);
            }

            if (Status != HttpStatusCode.OK)
                return new(Status);
            return Manifests.TryGetValue(name, out var manifest) ? new(HttpStatusCode.OK) { Content = new ByteArrayContent(manifest) } : new(HttpStatusCode.NotFound);
        }
    }
}
