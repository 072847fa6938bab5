using System.Globalization;
using Microsoft.Extensions.Logging.Console;
using WasmWizard.Service.Settings;

namespace WasmWizard.Service.Logging;

/// <summary>Logs on stdout: JSON with trace ids for machines, single lines for people on research.</summary>
internal static class ServiceLogging
{
    private const string Timestamp = "yyyy-MM-ddTHH:mm:ss.fffZ";

    public static void Configure(ILoggingBuilder logging, ServiceSettings settings)
    {
        logging.SetMinimumLevel(settings.LogLevel);
        // The framework's own debug and trace lines number dozens for each request and are no help with a guest.
        logging.AddFilter("Microsoft", settings.LogLevel > LogLevel.Warning ? settings.LogLevel : LogLevel.Warning);
        // It logs nothing here, and would begin a trace for every request: see RequestTrace.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        logging.Configure(o => o.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        if (settings.Environment == ServiceEnvironment.Research)
            logging.AddSimpleConsole(Plain);
        else
            logging.AddJsonConsole(Structured);
    }

    private static void Plain(SimpleConsoleFormatterOptions options)
    {
        options.SingleLine = true;
        options.UseUtcTimestamp = true;
        options.TimestampFormat = string.Create(CultureInfo.InvariantCulture, $"{Timestamp} ");
        options.ColorBehavior = LoggerColorBehavior.Disabled;
    }

    private static void Structured(JsonConsoleFormatterOptions options)
    {
        options.IncludeScopes = true;
        options.UseUtcTimestamp = true;
        options.TimestampFormat = Timestamp;
    }
}
