using System.Security.Cryptography;
using WasmWizard.Service.Data;
using WasmWizard.Service.Settings;
using WasmWizard.Service.Web;

namespace WasmWizard.Service.Commands;

/// <summary>Serves until SIGTERM or SIGINT.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(ServiceSettings settings, TextWriter errors, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(settings.DataPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"DATA_PATH {settings.DataPath} cannot be created; a directory that this user can write is required.");
            return ExitCode.Usage;
        }

        await using var app = ServiceHost.Build(settings);
        if (settings.MigrateOnStart)
            await app.Services.GetRequiredService<Migrator>().MigrateAsync(cancellation);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (Exception exception) when (exception is IOException or CryptographicException or System.Net.Sockets.SocketException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"The service cannot listen as LISTEN_URLS and SSL_CERT_PATH say: {exception.Message} Nothing was started.");
            return ExitCode.Usage;
        }

        Announcement.Publish(app, settings);
        await app.WaitForShutdownAsync(cancellation);
        return ExitCode.Done;
    }
}
