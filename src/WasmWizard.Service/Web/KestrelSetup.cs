using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using WasmWizard.Service.Settings;

namespace WasmWizard.Service.Web;

/// <summary>The server: addresses, certificate, and bounds that hold before any code of ours sees a request.</summary>
internal static class KestrelSetup
{
    /// <summary>Boundaries and part headers of a form beside its module and input.</summary>
    private const int FormOverhead = 64 * 1024;

    /// <summary>A client that has not sent its headers by then is not served; the framework's default is 30 s.</summary>
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(15);

    /// <returns>The certificate in use, null without https addresses.</returns>
    public static CertificateFile? Configure(IWebHostBuilder host, ServiceSettings settings)
    {
        var certificate = settings.CertificatePath is null ? null : new CertificateFile(settings.CertificatePath, settings.CertificateKeyPath!, TimeProvider.System);
        host.UseKestrelCore();
        host.ConfigureServices(services => services.AddSingleton<IMemoryPoolFactory<byte>, ReceiveBlocks.Factory>());
        host.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = (long)settings.MaxWasmBytes + settings.MaxInputBytes + FormOverhead;
            options.Limits.RequestHeadersTimeout = HeadersTimeout;
            foreach (var address in settings.Listen)
                Listen(options, address, certificate);
        });
        if (certificate is not null)
            host.UseKestrelHttpsConfiguration();
        return certificate;
    }

    private static void Listen(KestrelServerOptions options, ListenAddress address, CertificateFile? certificate)
    {
        void Endpoint(ListenOptions listen)
        {
            if (address.Tls)
                listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => certificate!.Current());
        }

        if (address.Address is null)
            options.ListenAnyIP(address.Port, Endpoint);
        else
            options.Listen(address.Address, address.Port, Endpoint);
    }
}
