using System.Globalization;
using System.Text;
using WasmWizard.Delivery.Local.Protocol.Files;

namespace WasmWizard.Delivery.Local.Front.Hosting;

/// <summary>The front's own log: one line per event, in the state folder, never on a stream of whoever started it.</summary>
public sealed class FrontLog(string path) : ILoggerProvider
{
    private const long Bytes = 1024 * 1024;

    private readonly Lock _gate = new();
    private int _lost;
    private bool _closed;

    /// <summary>Appends a line. On a full disk the front goes on serving: lines that cannot be written are counted and the count is written later.</summary>
    public void Write(string line)
    {
        lock (_gate)
        {
            if (_closed)
                return;
            var notice = _lost > 0 ? $"{Stamp} {_lost.ToString(CultureInfo.InvariantCulture)} lines could not be written\n" : "";
            try
            {
                LogFile.Bound(path, Bytes);
                using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
                file.Write(Encoding.UTF8.GetBytes($"{notice}{Stamp} {line}\n"));
                _lost = 0;
            }
            catch (IOException)
            {
                _lost++;
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => new Lines(this, categoryName);

    /// <summary>Nothing is written from here on: the state folder may go. Whoever still watches an instance of a front that has ended says so to nobody.</summary>
    public void Dispose()
    {
        lock (_gate)
            _closed = true;
    }

    private static string Stamp => DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private sealed class Lines(FrontLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                log.Write($"{category}: {formatter(state, exception)} {exception?.Message}");
        }
    }
}
