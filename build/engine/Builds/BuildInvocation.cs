using System.Collections;

namespace WasmWizard.BuildEngine;

/// <summary>
/// Everything a run takes from outside: what a test replaces, and what <see cref="FromProcess"/> reads from the process.
/// Runs with different invocations do not see each other, also at the same time.
/// </summary>
public sealed record BuildInvocation
{
    /// <summary>The command line without the program's name.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The environment that parameters, hosts and tools see. Children get it on top of the process's own.</summary>
    public required IReadOnlyDictionary<string, string> EnvironmentVariables { get; init; }

    /// <summary>What questions that need a hidden value read. Default: nothing.</summary>
    public Func<TextReader> StandardInput { get; init; } = () => TextReader.Null;

    /// <summary>Text for people; with <c>--json</c> the one document.</summary>
    public required TextWriter StandardOutput { get; init; }

    /// <summary>Faults; with <c>--json</c> all text for people.</summary>
    public required TextWriter StandardError { get; init; }

    /// <summary>Where relative paths of the command line begin and the search for the root starts.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The root, when it is not to be searched for. <c>--root</c> wins.</summary>
    public string? RootDirectory { get; init; }

    /// <summary>Whether colour may be used on <see cref="StandardOutput"/>. Default false.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Whether colour may be used on <see cref="StandardError"/>. Default false.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>How wide the terminal is, asked only where that decides how a text is broken. Default null: nobody knows.</summary>
    public Func<int?> Columns { get; init; } = () => null;

    /// <summary>Whether Ctrl+C, SIGTERM and SIGHUP cancel this run. Default false.</summary>
    public bool HandlesSignals { get; init; }

    /// <summary>Cancels the run: children end, assured targets run once.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Ends what assured targets started, too.</summary>
    public CancellationToken HardStop { get; init; }

    /// <summary>How many targets run at once when the command line does not say. Default 1: one after the other, in the plan's order.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>The clock of durations and log lines.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The invocation of this process.</summary>
    public static BuildInvocation FromProcess() => new()
    {
        Arguments = System.Environment.GetCommandLineArgs()[1..],
        EnvironmentVariables = ProcessEnvironment(),
        StandardInput = () => Console.In,
        StandardOutput = StandardWriters.Output(),
        StandardError = StandardWriters.Error(),
        WorkingDirectory = Directory.GetCurrentDirectory(),
        OutputIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        Columns = () => Console.WindowWidth is > 0 and var columns ? columns : null,
        HandlesSignals = true,
        Jobs = System.Environment.ProcessorCount,
    };

    internal static Dictionary<string, string> ProcessEnvironment()
    {
        var variables = new Dictionary<string, string>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        return variables;
    }

    internal string? Variable(string name) => EnvironmentVariables.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
}
