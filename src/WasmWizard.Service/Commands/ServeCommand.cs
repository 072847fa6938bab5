using System.Data.Common;
using System.Net.Sockets;
using System.Security.Cryptography;
using WasmWizard.Service.Accounts;
using WasmWizard.Service.Data;
using WasmWizard.Service.Executions;
using WasmWizard.Service.Settings;
using WasmWizard.Service.Web;

namespace WasmWizard.Service.Commands;

/// <summary>Serves until SIGTERM or SIGINT.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(ServiceSettings settings, TextWriter errors, CancellationToken cancellation)
    {
        ReceivingThreads.StepBack();
        if (await StartAsync(settings, errors, cancellation) is not { } app)
            return ExitCode.Usage;
        await using (app)
        {
            Announcement.Publish(app, settings);
            await app.WaitForShutdownAsync(cancellation);
        }

        return ExitCode.Done;
    }

    /// <summary>
    /// A tier that promises more than the ceilings allow stops the start. A database that does not answer yet does not: readiness tells of it, and
    /// limits are cut to the ceilings at each execution anyway.
    /// </summary>
    private static async Task<string?> TierAboveCeilingsAsync(WebApplication app, ServiceSettings settings, CancellationToken cancellation)
    {
        try
        {
            var above = (await app.Services.GetRequiredService<TierStore>().ListAsync(cancellation))
                .Where(tier => tier.MemoryBytes > settings.MaxMemoryBytes || tier.WallTime > settings.MaxExecutionTime)
                .Select(tier => $"{tier.Name} ({tier.MemoryBytes} bytes, {tier.WallTime.TotalSeconds:0.###} s)")
                .ToArray();
            return above.Length == 0 ? null
                : $"Tiers are above the ceilings MAX_MEMORY_LIMIT ({settings.MaxMemoryBytes} bytes) and MAX_EXECUTION_TIMEOUT ({settings.MaxExecutionTime.TotalSeconds:0.###} s): {string.Join(", ", above)}. "
                    + "Raise the ceilings, or lower the tiers at /admin/tiers. Nothing was started.";
        }
        catch (DbException)
        {
            return null;
        }
    }

    /// <summary>Null when the settings point to something that is not there or not ours; the operator has been told.</summary>
    private static async Task<WebApplication?> StartAsync(ServiceSettings settings, TextWriter errors, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(settings.DataPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"DATA_PATH {settings.DataPath} cannot be created; a directory that this user can write is required. Nothing was started.");
            return null;
        }

        WebApplication? app = null;
        try
        {
            app = ServiceHost.Build(settings);
            if (settings.MigrateOnStart)
                await app.Services.GetRequiredService<Migrator>().MigrateAsync(cancellation);
            if (await TierAboveCeilingsAsync(app, settings, cancellation) is { } fault)
            {
                await app.DisposeAsync();
                await errors.WriteLineAsync(fault);
                return null;
            }

            await app.StartAsync(cancellation);
            return app;
        }
        catch (Exception exception) when (exception is IOException or SocketException or UnauthorizedAccessException or CryptographicException)
        {
            if (app is not null)
                await app.DisposeAsync();
            await errors.WriteLineAsync(exception is CryptographicException
                ? $"SSL_CERT_PATH and SSL_KEY_PATH name no usable certificate: {exception.Message} PEM files that belong together are required. Nothing was started."
                : $"The service cannot listen as LISTEN_URLS says: {exception.Message} Nothing was started.");
            return null;
        }
    }
}
