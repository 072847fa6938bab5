using System.Text.Json;

namespace WasmWizard.BuildEngine.Tooling;

/// <summary>Asks a process for its result.</summary>
public static class ProcessExtensions
{
    /// <summary>Waits, and throws when it was ended from outside.</summary>
    public static IProcess AssertWaitForExit(this IProcess process)
    {
        if (process.WaitForExit())
            return process;
        throw process is RunningProcess { IsTimedOut: true } late
            ? new ProcessException($"{Describe(process)} did not end within {late.Timeout} ms and was ended with everything it started.")
            : new ProcessException($"{Describe(process)} was ended before it was done.", isCancelled: process is RunningProcess { IsCancelled: true });
    }

    /// <summary>Waits, and throws unless the exit code is 0. The message has the first error it printed.</summary>
    public static IProcess AssertZeroExitCode(this IProcess process)
    {
        process.AssertWaitForExit();
        if (process.ExitCode == 0)
            return process;
        var isCancelled = process is RunningProcess { IsCancelled: true };
        var error = FirstError(process.Output);
        throw new ProcessException($"{Describe(process)} ended with exit code {process.ExitCode}{(error is null ? "." : $": {error}")}", process.ExitCode, isCancelled);
    }

    /// <summary>The lines of standard output as one text.</summary>
    public static string StdToText(this IEnumerable<Output> output) =>
        string.Join(System.Environment.NewLine, output.Where(line => line.Type == OutputType.Std).Select(line => line.Text));

    /// <summary>Standard output read as JSON.</summary>
    public static T StdToJson<T>(this IEnumerable<Output> output) =>
        JsonSerializer.Deserialize<T>(output.StdToText()) ?? throw new JsonException("The process printed null.");

    private static string Describe(IProcess process) => $"{Path.GetFileName(process.FileName)} {process.Arguments}".TrimEnd();

    private static string? FirstError(IReadOnlyCollection<Output> output)
    {
        var lines = output.Select(line => line.Text.Trim()).Where(text => text.Length > 0).ToList();
        var error = lines.FirstOrDefault(text => text.Contains(": error ", StringComparison.OrdinalIgnoreCase) || text.StartsWith("error", StringComparison.OrdinalIgnoreCase))
            ?? output.LastOrDefault(line => line.Type == OutputType.Err && !string.IsNullOrWhiteSpace(line.Text)).Text?.Trim()
            ?? lines.LastOrDefault();
        return error is null ? null : BuildSession.CurrentOrNull?.Output.Redactor.Redact(error) ?? error;
    }
}
