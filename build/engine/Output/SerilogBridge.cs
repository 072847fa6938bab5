using System.Globalization;

namespace WasmWizard.BuildEngine;

/// <summary>Brings Serilog's process-wide <see cref="Log"/> to the run that the caller belongs to. One logger serves all runs.</summary>
internal sealed class SerilogBridge : ILogEventSink
{
    private static readonly Lazy<ILogger> s_logger = new(() => new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(new SerilogBridge()).CreateLogger());

    private readonly MessageTemplateTextFormatter _formatter = new("{Message:lj}", CultureInfo.InvariantCulture);

    /// <summary>Idempotent; the logger has no state of a run.</summary>
    public static void Install()
    {
        if (!ReferenceEquals(Log.Logger, s_logger.Value))
            Log.Logger = s_logger.Value;
    }

    public void Emit(LogEvent logEvent)
    {
        if (BuildSession.CurrentOrNull is not { } session)
            return;
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        _formatter.Format(logEvent, text);
        session.Log.Write((LogLevel)(int)logEvent.Level, text.ToString(), logEvent.Exception);
    }
}
