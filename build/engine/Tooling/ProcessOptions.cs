using System.Collections.Immutable;

namespace WasmWizard.BuildEngine.Tooling;

/// <summary>Options that every tool has: how its process runs.</summary>
public static class ProcessOptions
{
    internal const string AdditionalArguments = "ProcessAdditionalArguments";
    internal const string WorkingDirectory = "ProcessWorkingDirectory";
    internal const string Environment = "ProcessEnvironmentVariables";
    internal const string ToolPath = "ProcessToolPath";
    internal const string Timeout = "ProcessExecutionTimeout";
    internal const string LogOutput = "ProcessOutputLogging";
    internal const string LogInvocation = "ProcessInvocationLogging";
    internal const string ExitHandling = "ProcessExitHandling";
    internal const string ExitHandler = "ProcessExitHandler";
    internal const string Secrets = "ProcessRedactedSecrets";
    internal const string Logger = "ProcessLogger";

    /// <summary>Where the program runs.</summary>
    public static T SetProcessWorkingDirectory<T>(this T options, string? value)
        where T : ToolOptions => options.Set(WorkingDirectory, value);

    /// <summary>Adds one variable to the environment that the program inherits.</summary>
    public static T SetProcessEnvironmentVariable<T>(this T options, string name, object value)
        where T : ToolOptions => options.SetPair(Environment, name, value);

    /// <summary>Replaces the variables that are added to the environment.</summary>
    public static T SetProcessEnvironmentVariables<T>(this T options, IReadOnlyDictionary<string, string> values)
        where T : ToolOptions => options.Set(Environment, values.ToImmutableSortedDictionary(StringComparer.Ordinal));

    /// <summary>Words that no option of ours stands for. Each is one argument.</summary>
    public static T AddProcessAdditionalArguments<T>(this T options, params string[] values)
        where T : ToolOptions => options.Append(AdditionalArguments, values);

    /// <summary>Replaces the words that no option of ours stands for.</summary>
    public static T SetProcessAdditionalArguments<T>(this T options, params string[] values)
        where T : ToolOptions => options.Set(AdditionalArguments, values.ToImmutableArray());

    /// <summary>Another program than the one that would be found.</summary>
    public static T SetProcessToolPath<T>(this T options, string? value)
        where T : ToolOptions => options.Set(ToolPath, value);

    /// <summary>Milliseconds until the program is ended with everything it started.</summary>
    public static T SetProcessExecutionTimeout<T>(this T options, int? value)
        where T : ToolOptions => options.Set(Timeout, value);

    /// <summary>Whether output is printed.</summary>
    public static T SetProcessOutputLogging<T>(this T options, bool? value)
        where T : ToolOptions => options.Set(LogOutput, value);

    /// <summary>Prints output.</summary>
    public static T EnableProcessOutputLogging<T>(this T options)
        where T : ToolOptions => options.Set(LogOutput, true);

    /// <summary>Keeps output to the result.</summary>
    public static T DisableProcessOutputLogging<T>(this T options)
        where T : ToolOptions => options.Set(LogOutput, false);

    /// <summary>Prints the command.</summary>
    public static T EnableProcessInvocationLogging<T>(this T options)
        where T : ToolOptions => options.Set(LogInvocation, true);

    /// <summary>Does not print the command.</summary>
    public static T DisableProcessInvocationLogging<T>(this T options)
        where T : ToolOptions => options.Set(LogInvocation, false);

    /// <summary>Does not look at the exit code.</summary>
    public static T DisableProcessExitHandling<T>(this T options)
        where T : ToolOptions => options.Set(ExitHandling, false);

    /// <summary>Looks at the exit code. The default.</summary>
    public static T EnableProcessExitHandling<T>(this T options)
        where T : ToolOptions => options.Set(ExitHandling, true);

    /// <summary>Judges the ended process instead of the exit code alone.</summary>
    public static T SetProcessExitHandler<T>(this T options, Action<IProcess>? handler)
        where T : ToolOptions => options.Set(ExitHandler, handler);

    /// <summary>Values that are masked in everything the build prints.</summary>
    public static T AddProcessRedactedSecrets<T>(this T options, params string[] values)
        where T : ToolOptions => options.Append(Secrets, values);

    /// <summary>Receives the lines instead of the log.</summary>
    public static T SetProcessLogger<T>(this T options, Action<OutputType, string>? logger)
        where T : ToolOptions => options.Set(Logger, logger);

    internal static T Set<T>(this T options, string name, object? value)
        where T : ToolOptions => (T)options.With(name, value);

    internal static T Append<T>(this T options, string name, IEnumerable<string> values)
        where T : ToolOptions => options.Set(name, options.Get(name, ImmutableArray<string>.Empty).AddRange(values));

    internal static T SetPair<T>(this T options, string name, string key, object value)
        where T : ToolOptions
    {
        var pairs = options.Get(name, ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));
        var text = value is bool truth ? (truth ? "true" : "false") : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "";
        return options.Set(name, pairs.SetItem(key, text));
    }
}
