namespace WasmWizard.Service.Settings;

/// <summary>The level words of RUST_LOG.</summary>
public static class LogLevels
{
    /// <summary>The bare level of a list such as <c>wasm_wizard=debug,info</c>, else the first module's; null when a word is unknown.</summary>
    public static LogLevel? Parse(string text)
    {
        LogLevel? bare = null;
        LogLevel? first = null;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (Word(part[(equals + 1)..]) is not { } level)
                return null;
            first ??= level;
            if (equals < 0)
                bare = level;
        }

        return bare ?? first;
    }

    private static LogLevel? Word(string word) => word.ToLowerInvariant() switch
    {
        "trace" => LogLevel.Trace,
        "debug" => LogLevel.Debug,
        "info" => LogLevel.Information,
        "warn" => LogLevel.Warning,
        "error" => LogLevel.Error,
        "off" => LogLevel.None,
        _ => null,
    };
}
