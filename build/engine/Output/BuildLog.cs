using System.Globalization;
using System.Text;
using WasmWizard.BuildEngine.IO;

namespace WasmWizard.BuildEngine;

internal enum LogLevel
{
    Verbose,
    Debug,
    Information,
    Warning,
    Error,
    Fatal,
}

/// <summary>The log of one run: to people by verbosity, to the host as annotations, and whole to <c>.nuke/temp/build.log</c>.</summary>
internal sealed class BuildLog(BuildSession session) : IDisposable
{
    private readonly Lock _lock = new();
    private StreamWriter? _file;

    /// <summary>The first error of each target, for the end of the build.</summary>
    public List<(ExecutableTarget? Target, string Message)> Errors { get; } = [];

    public AbsolutePath File => session.TemporaryDirectory / "build.log";

    /// <summary>Begins the log file. Help and plan leave none.</summary>
    public void OpenFile()
    {
        try
        {
            Directory.CreateDirectory(session.TemporaryDirectory);
            _file = new StreamWriter(new FileStream(File, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete), new UTF8Encoding(false));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Warn($"The log cannot be written to {File}: {exception.Message} The build goes on without it.");
        }
    }

    public void EnsureFile()
    {
        if (_file is null)
            OpenFile();
    }

    public void Info(string message) => Write(LogLevel.Information, message);

    public void Warn(string message) => Write(LogLevel.Warning, message);

    public void Error(string message, Exception? exception = null) => Write(LogLevel.Error, message, exception);

    public void Write(LogLevel level, string message, Exception? exception = null)
    {
        ToFile(Prefix(level), message, exception);
        if (level >= LogLevel.Error)
            lock (_lock)
                Errors.Add((session.RunningTarget.Value, message));
        if (level < Least(session.Verbosity))
            return;
        var shown = exception is null ? message : $"{message} ({exception.GetType().Name}: {FirstLine(exception.Message)})";
        session.Output.WriteLine(session.Host.Annotate(level, session.Output.Redactor.Redact(shown)) ?? (shown.Length == 0 ? "" : $"{Colour(level, $"[{Prefix(level)}]")} {shown}"));
    }

    /// <summary>A line of a tool: neutral whichever stream it came from, and without a prefix, so that a host finds its commands in it.</summary>
    public void ToolLine(string line)
    {
        ToFile("OUT", line, null);
        if (session.Verbosity <= Verbosity.Normal)
            session.Output.WriteLine(line);
    }

    /// <summary>Only into the file: full traces that would not help a person at the terminal.</summary>
    public void ToFile(string prefix, string message, Exception? exception)
    {
        lock (_lock)
        {
            if (_file is null)
                return;
            var time = session.Invocation.Time.GetLocalNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
            _file.WriteLine(session.Output.Redactor.Redact($"{time} {prefix} {message}"));
            if (exception is not null)
                _file.WriteLine(session.Output.Redactor.Redact(exception.ToString()));
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    public static string FirstLine(string text) => text.AsSpan().Trim().ToString().Split('\n')[0].TrimEnd();

    private static LogLevel Least(Verbosity verbosity) => verbosity switch
    {
        Verbosity.Verbose => LogLevel.Verbose,
        Verbosity.Normal => LogLevel.Debug,
        Verbosity.Minimal => LogLevel.Warning,
        _ => LogLevel.Error,
    };

    private static string Prefix(LogLevel level) => level switch
    {
        LogLevel.Verbose => "VRB",
        LogLevel.Debug => "DBG",
        LogLevel.Information => "INF",
        LogLevel.Warning => "WRN",
        LogLevel.Error => "ERR",
        _ => "FTL",
    };

    private string Colour(LogLevel level, string text) => level switch
    {
        >= LogLevel.Error => session.Output.Palette.Bad(text),
        LogLevel.Warning => session.Output.Palette.Doubtful(text),
        LogLevel.Information => session.Output.Palette.Name(text),
        _ => session.Output.Palette.Faint(text),
    };
}
