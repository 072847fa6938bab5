using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using WasmWizard.Service.Logging;

namespace WasmWizard.Service.Web;

/// <summary>
/// The certificate of https addresses, read again when its files change: renewing one needs no restart. Files that cannot be used, such
/// as a certificate whose key has not arrived yet, leave the one before in use.
/// </summary>
internal sealed class CertificateFile
{
    /// <summary>Handshakes look at the files' times at most this often.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly string _certificate;
    private readonly string _key;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private ILogger? _logger;
    private Loaded _loaded;
    private long _looked;

    /// <exception cref="CryptographicException">The files are no certificate with its key.</exception>
    public CertificateFile(string certificate, string key, TimeProvider clock)
    {
        (_certificate, _key, _clock) = (certificate, key, clock);
        _loaded = new Loaded(Read(), Times());
        _looked = clock.GetTimestamp();
    }

    public void LogTo(ILogger logger) => _logger = logger;

    public X509Certificate2 Current()
    {
        lock (_gate)
        {
            if (_clock.GetElapsedTime(_looked) < LookEvery)
                return _loaded.Certificate;
            _looked = _clock.GetTimestamp();
            if (Times() is var times && times != _loaded.Times)
                Reload(times);
            return _loaded.Certificate;
        }
    }

    private void Reload((DateTime, DateTime) times)
    {
        try
        {
            // The one before is not disposed of: handshakes that began with it still need it.
            _loaded = new Loaded(Read(), times);
            _logger?.CertificateReloaded(_loaded.Certificate.NotAfter);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            _logger?.CertificateRefused(exception.Message);
            _loaded = _loaded with { Times = times };
        }
    }

    private X509Certificate2 Read() => X509Certificate2.CreateFromPemFile(_certificate, _key);

    private (DateTime, DateTime) Times() => (File.GetLastWriteTimeUtc(_certificate), File.GetLastWriteTimeUtc(_key));

    private sealed record Loaded(X509Certificate2 Certificate, (DateTime, DateTime) Times);
}
