using System.Security.Cryptography.X509Certificates;
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

    public static void Configure(IWebHostBuilder host, ServiceSettings settings)
    {
        host.UseKestrelCore();
        host.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = (long)settings.MaxWasmBytes + settings.MaxInputBytes + FormOverhead;
            options.Limits.RequestHeadersTimeout = HeadersTimeout;
            foreach (var address in settings.Listen)
                Listen(options, address, settings);
        });
        if (settings.CertificatePath is not null)
            host.UseKestrelHttpsConfiguration();
    }

    private static void Listen(KestrelServerOptions options, ListenAddress address, ServiceSettings settings)
    {
        void Endpoint(ListenOptions listen)
        {
            if (address.Tls)
                listen.UseHttps(X509Certificate2.CreateFromPemFile(settings.CertificatePath!, settings.CertificateKeyPath));
        }

        if (address.Address is null)
            options.ListenAnyIP(address.Port, Endpoint);
        else
            options.Listen(address.Address, address.Port, Endpoint);
    }
}
