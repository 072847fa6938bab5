namespace WasmWizard.BuildEngine;

/// <summary>
/// Writers on this process's standard streams. <see cref="Console"/>'s own first look the encoding up in tables by its name, which takes
/// milliseconds of each start; where the environment plainly says UTF-8, nothing is to be looked up.
/// </summary>
internal static class StandardWriters
{
    private static readonly string[] s_localeVariables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    public static TextWriter Output() => IsUtf8 ? Writer(Console.OpenStandardOutput()) : Console.Out;

    public static TextWriter Error() => IsUtf8 ? Writer(Console.OpenStandardError()) : Console.Error;

    /// <summary>As the runtime decides it: the first of these that is set names the characters after its dot.</summary>
    public static bool SaysUtf8(Func<string, string?> variable)
    {
        foreach (var name in s_localeVariables)
            if (variable(name) is { Length: > 0 } locale)
                return locale.EndsWith(".UTF-8", StringComparison.OrdinalIgnoreCase) || locale.EndsWith(".utf8", StringComparison.OrdinalIgnoreCase);
        return false;
    }

    private static bool IsUtf8 => !OperatingSystem.IsWindows() && SaysUtf8(System.Environment.GetEnvironmentVariable);

    /// <summary>UTF-8 without a mark, which a writer has by itself.</summary>
    private static TextWriter Writer(Stream stream) => TextWriter.Synchronized(new StreamWriter(stream) { AutoFlush = true });
}
