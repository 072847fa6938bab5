using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace WasmWizard.Service.Tests;

public sealed class TlsSpecs : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly X509Certificate2 _certificate;

    public TlsSpecs()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(_directory.File("cert.pem"), _certificate.ExportCertificatePem());
        File.WriteAllText(_directory.File("key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    [Fact]
    public async Task With_a_certificate_it_serves_https_and_asks_browsers_to_stay_there()
    {
        await using var service = await StartAsync();
        using var client = ClientOf(service);
        using var response = await client.GetAsync(new Uri("/health/live", UriKind.Relative));
        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal("max-age=31536000; includeSubDomains", Assert.Single(response.Headers.GetValues("Strict-Transport-Security")));
    }

    /// <summary>Far more than the window of a stream: what was received has to count as taken before all of it is there.</summary>
    [Fact]
    public async Task A_module_of_megabytes_comes_through_HTTP_2()
    {
        await using var service = await StartAsync();
        using var client = ClientOf(service);
        client.DefaultRequestVersion = HttpVersion.Version20;
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        var answer = await RunningService.ExecuteAsync(client, Guests.Echo.PadRight(9_000_000), "through");
        Assert.Equal((200, "through"), (answer.Status, answer["output"]));
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _directory.Dispose();
    }

    private Task<RunningService> StartAsync() => RunningService.StartAsync(
        ("LISTEN_URLS", "https://127.0.0.1:0"), ("SSL_CERT_PATH", _directory.File("cert.pem")), ("SSL_KEY_PATH", _directory.File("key.pem")));

    private HttpClient ClientOf(RunningService service)
    {
#pragma warning disable CA2000 // The client disposes of it.
        var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, presented, _, _) => presented!.Thumbprint == _certificate.Thumbprint };
#pragma warning restore CA2000
        return new HttpClient(handler) { BaseAddress = service.Client.BaseAddress };
    }
}
