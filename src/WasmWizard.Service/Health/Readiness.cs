using System.Data.Common;
using System.Security.Cryptography;
using WasmWizard.Service.Data;
using WasmWizard.Service.Limits;
using WasmWizard.Service.Metrics;
using WasmWizard.Service.Settings;

namespace WasmWizard.Service.Health;

/// <summary>Asks every check; all must be well for the service to be ready.</summary>
internal sealed class Readiness
{
    /// <summary>Longer than this a probe's client has given up anyway (Kubernetes' default is 1 s, Compose files use 5 s).</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly IReadOnlyList<HealthCheck> _checks;
    private readonly ServiceMetrics _metrics;

    public Readiness(ServiceSettings settings, IDatabase database, Migrator migrator, Drain drain, ServiceMetrics metrics, RedisConnection? redis = null)
    {
        _metrics = metrics;
        _checks =
        [
            new HealthCheck("serving", _ => Task.FromResult(drain.Started ? "The service is stopping." : null)),
            new HealthCheck("database", cancellation => DatabaseAsync(database, migrator, cancellation)),
            new HealthCheck("data-path", cancellation => DataPathAsync(settings.DataPath, cancellation)),
            new HealthCheck("cryptography", _ => Task.FromResult(Cryptography())),
            .. redis is null ? Array.Empty<HealthCheck>() : [new HealthCheck("redis", _ => redis.CheckAsync())],
        ];
    }

    public async Task<IReadOnlyList<CheckResult>> CheckAsync(CancellationToken cancellation)
    {
        var results = await Task.WhenAll(_checks.Select(c => RunAsync(c, cancellation)));
        _metrics.Ready.Set(results.All(r => r.Healthy) ? 1 : 0);
        return results;
    }

    private static async Task<CheckResult> RunAsync(HealthCheck check, CancellationToken cancellation)
    {
        try
        {
            var reason = await check.Check(cancellation).WaitAsync(Patience, cancellation);
            return new CheckResult(check.Name, reason is null, reason);
        }
        catch (TimeoutException)
        {
            return new CheckResult(check.Name, false, $"No answer within {Patience.TotalSeconds:0} s.");
        }
    }

    private static async Task<string?> DatabaseAsync(IDatabase database, Migrator migrator, CancellationToken cancellation)
    {
        try
        {
            var state = await migrator.CheckAsync(cancellation);
            if (state.Altered.Count > 0)
                return $"Migrations were applied with another text than this release carries: {string.Join(", ", state.Altered)}.";
            return state.Pending.Count == 0 ? null : $"Migrations are pending: {string.Join(", ", state.Pending)}. Run \"WasmWizard.Service migrate\".";
        }
        catch (DbException exception)
        {
            return database.Describe(exception);
        }
    }

    private static async Task<string?> DataPathAsync(string path, CancellationToken cancellation)
    {
        var file = Path.Combine(path, $".probe-{Environment.ProcessId}-{Guid.NewGuid():N}");
        try
        {
            await File.WriteAllBytesAsync(file, new byte[1], cancellation);
            File.Delete(file);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "DATA_PATH cannot be written: it is missing, full, or not this user's.";
        }
    }

    /// <summary>Loads the system's library once, so that an image without it is found out here and not by a user.</summary>
    private static string? Cryptography()
    {
        try
        {
            Span<byte> random = stackalloc byte[32];
            RandomNumberGenerator.Fill(random);
            return SHA256.HashData(random).Length == SHA256.HashSizeInBytes ? null : "SHA-256 has a wrong length.";
        }
        catch (Exception exception) when (exception is CryptographicException or TypeInitializationException or DllNotFoundException)
        {
            return "The system's cryptography library cannot be loaded.";
        }
    }
}
