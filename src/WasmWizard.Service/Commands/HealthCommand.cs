using System.Net;
using WasmWizard.Service.Settings;
using WasmWizard.Service.Web;

namespace WasmWizard.Service.Commands;

/// <summary>
/// Asks the service of this container whether it is ready: the health check of an image that has neither a shell nor a client. The certificate
/// is not verified, because it names the public host and the answer never leaves this machine.
/// </summary>
public static class HealthCommand
{
    public static async Task<int> RunAsync(ServiceSettings settings, TextWriter errors, CancellationToken cancellation)
    {
        var listen = settings.Listen[0];
        var host = listen.Address is null || listen.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : listen.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : listen.Address;
        var address = new UriBuilder(listen.Tls ? "https" : "http", host.ToString(), listen.Port, Routes.Ready.Path).Uri;
        using var handler = new HttpClientHandler { UseProxy = false };
        handler.ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator;
        using var client = new HttpClient(handler);
        try
        {
            using var response = await client.GetAsync(address, cancellation);
            if (response.IsSuccessStatusCode)
                return ExitCode.Done;
            await errors.WriteLineAsync($"{address} answers {(int)response.StatusCode}; 200 is required. {await response.Content.ReadAsStringAsync(cancellation)}");
        }
        catch (HttpRequestException exception)
        {
            await errors.WriteLineAsync($"{address} does not answer: {exception.Message}");
        }

        return ExitCode.Unexpected;
    }
}
