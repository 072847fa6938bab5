using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using WasmWizard.Delivery.Containers.Oci;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Containers.Registries;

/// <summary>
/// A registry that speaks OCI's distribution protocol. Whatever it gives is compared with the digest that was asked for, and what was pushed is read
/// back: an answer of 201 is not a fact.
/// </summary>
/// <param name="client">See <see cref="NewClient"/>.</param>
public sealed class Registry(HttpClient client)
{
    private const string Fix = "look at the registry, then do it again";
    private const int LargestDocument = 4 * 1024 * 1024;

    /// <param name="credentials">For registries that ask for them; null asks as anybody.</param>
    public static HttpClient NewClient(RegistryCredentials? credentials = null) =>
        new(new RegistryAuthorization(credentials, new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10), AllowAutoRedirect = true })) { Timeout = TimeSpan.FromMinutes(10) };

    /// <summary>A manifest, an image's configuration: something small that is a whole.</summary>
    /// <exception cref="ImageException">It is not there, or has other bytes than its digest says.</exception>
    public Task<byte[]> ReadAsync(ImageReference image, bool manifest, Digest digest, CancellationToken cancellation) => Try(image, async () =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(image.Address, $"{(manifest ? "manifests" : "blobs")}/{digest}"));
        foreach (var type in manifest ? MediaTypes.Manifests : [])
            request.Headers.Accept.ParseAdd(type);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        Require(response, HttpStatusCode.OK, image);
        if (response.Content.Headers.ContentLength > LargestDocument)
            throw new ImageException($"{image} gives a document of {response.Content.Headers.ContentLength} bytes; at most {LargestDocument} are read", Fix);
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellation);
        return Digest.Of(bytes) == digest ? bytes : throw new ImageException($"{image} gives other bytes than {digest}", Fix);
    });

    /// <summary>Fetches a blob into a file, which is there whole or not at all.</summary>
    /// <exception cref="ImageException">It is not there, breaks off, or has other bytes than its digest says.</exception>
    public Task DownloadAsync(ImageReference image, Descriptor blob, string destination, CancellationToken cancellation) => Try(image, async () =>
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(destination))!);
        var half = $"{destination}.{Path.GetRandomFileName()}";
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using (var file = File.Create(half))
            {
                using var response = await client.GetAsync(new Uri(image.Address, $"blobs/{blob.Digest}"), HttpCompletionOption.ResponseHeadersRead, cancellation);
                Require(response, HttpStatusCode.OK, image);
                await using var body = await response.Content.ReadAsStreamAsync(cancellation);
                await using var hashed = new HashedStream(body, hash);
                await hashed.CopyToAsync(file, cancellation);
            }

            if (Digest.FromHash(hash.GetHashAndReset()) != blob.Content)
                throw new ImageException($"{image} gives other bytes than {blob.Digest}", Fix);
            File.Move(half, destination, overwrite: true);
            return true;
        }
        finally
        {
            File.Delete(half);
        }
    });

    /// <summary>Pushes an image: blobs that the registry lacks, then the manifest, then the tags; and reads the manifest back.</summary>
    /// <param name="image">What is pushed.</param>
    /// <param name="to">Its repository.</param>
    /// <param name="tags">Moving names beside the digest.</param>
    /// <param name="cancellation">Ends it; a registry keeps no half blob.</param>
    /// <returns>How many blobs were sent.</returns>
    /// <exception cref="ImageException">The registry refused something, or holds another image afterwards.</exception>
    public Task<int> PushAsync(ImageLayout image, ImageReference to, IReadOnlyList<string> tags, CancellationToken cancellation) => Try(to, async () =>
    {
        var sent = 0;
        foreach (var blob in image.Blobs.DistinctBy(blob => blob.Digest))
            sent += await SendAsync(image, blob, to, cancellation) ? 1 : 0;
        var manifest = image.Read(image.Image);
        foreach (var name in tags.Prepend(image.Digest.ToString()))
        {
            using var content = new ByteArrayContent(manifest);
            content.Headers.ContentType = new(MediaTypes.Manifest);
            using var response = await client.PutAsync(new Uri(to.Address, $"manifests/{name}"), content, cancellation);
            Require(response, HttpStatusCode.Created, to);
        }

        await ReadAsync(to, manifest: true, image.Digest, cancellation);
        return sent;
    });

    private async Task<bool> SendAsync(ImageLayout image, Descriptor blob, ImageReference to, CancellationToken cancellation)
    {
        using var head = new HttpRequestMessage(HttpMethod.Head, new Uri(to.Address, $"blobs/{blob.Digest}"));
        using var known = await client.SendAsync(head, cancellation);
        if (known.StatusCode == HttpStatusCode.OK)
            return false;
        using var begun = await client.PostAsync(new Uri(to.Address, "blobs/uploads/"), null, cancellation);
        Require(begun, HttpStatusCode.Accepted, to);
        var location = new Uri(to.Address, begun.Headers.Location ?? throw new ImageException($"{to} names no place for an upload", Fix));
        var separator = location.Query.Length > 0 ? '&' : '?';
        await using var file = File.OpenRead(image.PathOf(blob));
        using var content = new StreamContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var response = await client.PutAsync(new Uri($"{location}{separator}digest={Uri.EscapeDataString(blob.Digest)}"), content, cancellation);
        Require(response, HttpStatusCode.Created, to);
        return true;
    }

    private static void Require(HttpResponseMessage response, HttpStatusCode wanted, ImageReference image)
    {
        if (response.StatusCode == wanted)
            return;
        var fix = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => "give the registry's user and password in REGISTRY_USER and REGISTRY_PASSWORD",
            HttpStatusCode.TooManyRequests => "wait until the registry takes requests again",
            _ => Fix,
        };
        throw new ImageException($"{image} answers {(int)response.StatusCode} to {response.RequestMessage?.Method}; {(int)wanted} is required", fix);
    }

    private static async Task<T> Try<T>(ImageReference image, Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception problem) when (problem is HttpRequestException or HttpIOException or IOException)
        {
            throw new ImageException($"{image} cannot be reached or broke off: {problem.Message}", Fix, problem);
        }
    }
}
