using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace WasmWizard.Service.Tests;

public class TlsSpecs
{
    [Fact]
    public async Task With_a_certificate_it_serves_https_and_asks_browsers_to_stay_there()
    {
        using var directory = new TemporaryDirectory();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(directory.File("cert.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(directory.File("key.pem"), key.ExportPkcs8PrivateKeyPem());
        await using var service = await RunningService.StartAsync(
            ("LISTEN_URLS", "https://127.0.0.1:0"), ("SSL_CERT_PATH", directory.File("cert.pem")), ("SSL_KEY_PATH", directory.File("key.pem")));

        using var handler = new HttpClientHandler();
        handler.ServerCertificateCustomValidationCallback = (_, presented, _, _) => presented!.Thumbprint == certificate.Thumbprint;
        using var client = new HttpClient(handler) { BaseAddress = service.Client.BaseAddress };
        using var response = await client.GetAsync(new Uri("/health/live", UriKind.Relative));
        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal("max-age=31536000; includeSubDomains", Assert.Single(response.Headers.GetValues("Strict-Transport-Security")));
    }
}
