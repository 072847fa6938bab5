using System.Net;

namespace WasmWizard.Delivery.SupplyChain.Advisories;

/// <summary>Fetches data whole or not at all.</summary>
public sealed class Download(HttpClient client)
{
    /// <summary>No database of this kind is near this size; a reply that is, is something else.</summary>
    private const int MostBytes = 512 * 1024 * 1024;

    /// <summary>Without a network an answer must not take long.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>A client with the limits that a build can bear: 60 seconds for a reply, and a few to find out that nobody is there.</summary>
    public static HttpClient NewClient() => new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All, ConnectTimeout = ConnectTimeout })
    {
        Timeout = TimeSpan.FromSeconds(60),
        MaxResponseContentBufferSize = MostBytes,
    };

    /// <exception cref="MissingDataException">The server is not there or says no.</exception>
    /// <exception cref="CorruptDataException">The reply broke off.</exception>
    public async Task<byte[]> GetAsync(Uri address, CancellationToken cancellation)
    {
        const string Fix = "try again later, or give another copy with --advisories";
        var shown = Shown(address);
        try
        {
            using var reply = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (!reply.IsSuccessStatusCode)
                throw new MissingDataException($"{shown} answered {(int)reply.StatusCode}", Fix);
            try
            {
                return await reply.Content.ReadAsByteArrayAsync(cancellation);
            }
            catch (Exception problem) when (problem is HttpRequestException or IOException or InvalidDataException)
            {
                throw new CorruptDataException($"the reply of {shown} broke off", Fix, problem);
            }
        }
        catch (HttpRequestException problem)
        {
            throw new MissingDataException($"{shown} cannot be reached ({problem.HttpRequestError})", Fix, problem);
        }
        catch (OperationCanceledException problem) when (!cancellation.IsCancellationRequested)
        {
            throw new MissingDataException($"{shown} did not answer within {client.Timeout.TotalSeconds:0} s", Fix, problem);
        }
    }

    /// <summary>The address without user, password and query, which may hold secrets.</summary>
    public static string Shown(Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
