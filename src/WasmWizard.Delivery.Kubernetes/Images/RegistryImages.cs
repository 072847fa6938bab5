using System.Net;
using System.Net.Http.Headers;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Kubernetes.Images;

/// <summary>A repository by OCI's distribution protocol. What it holds under a digest is hashed here: its word is not a fact.</summary>
/// <param name="client">Brings the credentials, if any.</param>
/// <param name="repository">E.g. <c>127.0.0.1:5000/wasm-wizard</c>; without TLS only on loopback.</param>
public sealed class RegistryImages(HttpClient client, string repository) : IReleaseImages
{
    private static readonly string[] Types =
    [
        "application/vnd.oci.image.manifest.v1+json", "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json", "application/vnd.docker.distribution.manifest.list.v2+json",
    ];

    private readonly string _manifests = ManifestsOf(repository);

    public async Task<string?> WhyNot(Digest image, CancellationToken cancellation)
    {
        try
        {
            var (found, _) = await Read(image.ToString(), cancellation);
            return found switch
            {
                null => $"{repository} has no image {image}",
                { } bytes when Digest.Of(bytes) != image => $"{repository} gives other bytes than {image}",
                _ => null,
            };
        }
        catch (Exception silent) when (silent is HttpRequestException or IOException)
        {
            return $"the registry of {repository} does not answer as one: {silent.Message}";
        }
    }

    public async Task<Digest?> Named(string alias, CancellationToken cancellation) =>
        (await Read(alias, cancellation)).Bytes is { } bytes ? Digest.Of(bytes) : null;

    public async Task Name(string alias, Digest image, CancellationToken cancellation)
    {
        var (bytes, type) = await Read(image.ToString(), cancellation);
        using var content = new ByteArrayContent(bytes ?? throw new StepFailedException($"{repository} has no image {image} any more; the alias {alias} stays."));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type!);
        using var response = await client.PutAsync(Address(alias), content, cancellation);
        if (!response.IsSuccessStatusCode)
            throw new StepFailedException($"{repository} answers {(int)response.StatusCode} to the alias {alias}; required: 201. The release serves; the alias stays.");
    }

    private async Task<(byte[]? Bytes, string? Type)> Read(string reference, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(reference));
        foreach (var type in Types)
            request.Headers.Accept.ParseAdd(type);
        using var response = await client.SendAsync(request, cancellation);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return (null, null);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadAsByteArrayAsync(cancellation), response.Content.Headers.ContentType?.ToString() ?? Types[0]);
    }

    // Joined as text: relative to a base, a digest would be read as an address whose scheme is sha256.
    private Uri Address(string reference) => new($"{_manifests}{reference}");

    private static string ManifestsOf(string repository)
    {
        var slash = repository.IndexOf('/', StringComparison.Ordinal);
        var host = slash > 0 ? repository[..slash] : throw new ArgumentException($"'{repository}' names no registry and repository.", nameof(repository));
        var scheme = new Uri($"http://{host}").IsLoopback ? "http" : "https";
        return $"{scheme}://{host}/v2/{repository[(slash + 1)..]}/manifests/";
    }
}
