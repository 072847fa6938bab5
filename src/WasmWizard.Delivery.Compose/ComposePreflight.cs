using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Npgsql;
using WasmWizard.Delivery.Compose.Engine;
using WasmWizard.Delivery.Compose.Steps;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Postgres.Archives;
using WasmWizard.Delivery.Postgres.Programs;
using WasmWizard.Delivery.Postgres.Servers;

namespace WasmWizard.Delivery.Compose;

/// <summary>Everything that would stop a rollout to an engine, looked for without changing anything.</summary>
internal sealed class ComposePreflight(ComposeContext context)
{
    private readonly List<Fault> _faults = [];

    private string Again => $"./build.sh Deploy --branch {context.Options.Branch}";

    public async Task<IReadOnlyList<Fault>> Check(CancellationToken cancellation)
    {
        CheckCertificate();
        CheckBackupKey();
        if (await Silence(context.Engine, cancellation) is { } silence)
        {
            _faults.Add(silence);
        }
        else
        {
            await CheckImages(cancellation);
            await CheckDatabase(cancellation);
        }

        return _faults;
    }

    private void CheckCertificate()
    {
        var (certificate, key) = (context.Options.CertificateFile, context.Options.CertificateKeyFile);
        try
        {
            using var loaded = X509Certificate2.CreateFromPemFile(certificate, key);
            if (loaded.NotAfter < DateTime.Now)
                _faults.Add(new("WW3131", $"the certificate {certificate} ended on {loaded.NotAfter:u}", "one that is valid", $"renew it, then {Again}"));
            else if (!loaded.MatchesHostname(context.Options.Url.Host))
                _faults.Add(new("WW3131", $"the certificate {certificate} is not for {context.Options.Url.Host}", "one for the environment's host", $"put the right one there, then {Again}"));
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            _faults.Add(new("WW3131", $"no certificate can be read from {certificate} and {key}: {wrong.Message}", "PEM files that belong together", $"put them there, or name others with --certificate and --certificate-key, then {Again}"));
        }
    }

    private void CheckBackupKey()
    {
        try
        {
            if (File.Exists(context.Options.BackupKeyFile))
                ArchiveKey.Load(context.Options.BackupKeyFile);
        }
        catch (ArchiveException wrong)
        {
            _faults.Add(new("WW3132", wrong.Message, "a key for backups", $"put it right, then {Again}"));
        }
    }

    /// <summary>What an engine that does not answer is told as; null when it does.</summary>
    public static async Task<Fault?> Silence(EngineClient engine, CancellationToken cancellation)
    {
        try
        {
            await engine.Get("/version", cancellation);
            return null;
        }
        catch (EngineException silent)
        {
            return new("WW3130", silent.Message, "a container engine with Docker's API", "start it, or name it with --docker-host unix:///path or ssh://user@host");
        }
    }

    private async Task CheckImages(CancellationToken cancellation)
    {
        foreach (var service in context.Stack.Around)
        {
            if (await context.Engine.Find($"/images/{service.Image}/json", cancellation) is null)
                _faults.Add(new("WW3133", $"the engine does not have the image {service.Image}", $"the image of {service.Name}", $"docker pull {service.Image}, or name another one with {service.ImageVariable}=..."));
        }
    }

    private async Task CheckDatabase(CancellationToken cancellation)
    {
        try
        {
            if (await context.Database(cancellation) is { } database)
            {
                await using var session = await Session.Open(database, cancellation);
                if (await LocalPrograms.Lacking((await session.Origin(cancellation)).Major, Again, cancellation) is { } lacking)
                    _faults.Add(lacking);
            }
        }
        catch (NpgsqlException silent)
        {
            _faults.Add(new("WW3134", $"the database runs and does not answer: {silent.Message}", "it answers at its address in the engine's network", $"docker logs {context.Stack.Project}-postgres"));
        }
    }
}
