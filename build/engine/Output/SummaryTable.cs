using System.Globalization;
using System.Text;

namespace WasmWizard.BuildEngine;

/// <summary>The table at the end: what ran, how long, what it reported; then the first error and what to type next.</summary>
internal static class SummaryTable
{
    /// <summary>A critical path of more targets names the longest ones.</summary>
    private const int MostNamed = 12;

    /// <summary>Shorter ones show no figure, and are left out of a critical path that has longer ones.</summary>
    public static readonly TimeSpan Noticed = TimeSpan.FromSeconds(1);

    public static void Write(BuildSession session, BuildOutcome outcome)
    {
        var output = session.Output;
        foreach (var line in Lines(outcome, output))
            output.WriteLine(line);
        var (text, next) = Verdict(session, outcome);
        output.WriteLine();
        output.WriteLine(outcome.IsSuccess ? output.Palette.Good(text) : output.Palette.Bad(text));
        if (next is not null)
            output.WriteLine(next);
        session.Host.WriteBuildSummary(output.Redactor.Redact(Markdown(outcome, text, next)));
    }

    public static string Format(TimeSpan duration) => duration < Noticed
        ? "< 1 s"
        : string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalMinutes}:{duration.Seconds:00}");

    private static IEnumerable<ExecutableTarget> Shown(BuildOutcome outcome) =>
        outcome.Plan.Where(target => target.HasActions || target.Status is ExecutionStatus.Skipped or ExecutionStatus.Failed);

    private static IEnumerable<string> Lines(BuildOutcome outcome, BuildOutput output)
    {
        var names = Math.Max(16, Shown(outcome).Select(target => target.Name.Length).DefaultIfEmpty().Max() + 2);
        yield return "";
        yield return output.Palette.Strong($"{"Target".PadRight(names)}{"Status",-12}{"Duration",8}");
        yield return output.Palette.Faint(output.Rule(names + 20));
        foreach (var target in Shown(outcome))
        {
            var (row, note) = ($"{target.Name.PadRight(names)}{Status(target),-12}{(HasRun(target) ? Format(target.Duration) : ""),8}", Note(target));
            yield return Paint(target, note.Length > 0 ? row : row.TrimEnd(), output.Palette) + output.Palette.Faint(note);
        }

        yield return output.Palette.Faint(output.Rule(names + 20));
        yield return output.Palette.Strong($"{"Total".PadRight(names)}{"",-12}{Format(outcome.Duration),8}");
        if (CriticalPathOf(outcome) is { } path)
            yield return output.Palette.Faint(path);
    }

    /// <summary>Which targets decided how long it took, when others ran beside them.</summary>
    private static string? CriticalPathOf(BuildOutcome outcome)
    {
        var ran = outcome.Plan.Where(target => target.Began is not null).ToList();
        if (ran.All(target => target.Lane == 0))
            return null;
        var path = CriticalPath.Of([.. outcome.Plan]);
        var noticed = path.Where(target => target.Duration >= Noticed).ToList();
        var named = noticed.Count > 0 ? noticed : path;
        var longest = named.OrderByDescending(target => target.Duration).Take(MostNamed).ToHashSet();
        var others = named.Count > longest.Count ? $" ({named.Count - longest.Count} shorter ones left out)" : "";
        return $"Critical path: {string.Join(" -> ", named.Where(longest.Contains).Select(target => $"{target.Name} {Format(target.Duration)}"))}{others}; "
            + $"work of {Format(ran.Aggregate(TimeSpan.Zero, (sum, target) => sum + target.Duration))} on {ran.Select(target => target.Lane).Distinct().Count()} jobs.";
    }

    private static (string Text, string? Next) Verdict(BuildSession session, BuildOutcome outcome)
    {
        if (outcome.IsSuccess)
            return ("Build succeeded.", null);
        if (outcome.IsCancelled)
            return ($"Build cancelled (exit {outcome.ExitCode}).", null);
        if (outcome.FirstFailed is not { } failed)
            return ($"Build ended with exit code {outcome.ExitCode}.", null);
        var trace = failed.Failure is { } failure && BuildFailure.Of(failure).IsUnexpected ? $" (full trace: {session.Log.File})" : "";
        // What was asked wrongly fails again when it is asked again; the faults have said what to ask instead.
        var next = outcome.ExitCode == BuildFailure.Usage ? null : $"Next: {Commands.Rerun(failed.Name, session.Invocation)}";
        return ($"Build failed (exit {outcome.ExitCode}) in {failed.Name}: {outcome.FirstError}{trace}", next);
    }

    private static string Markdown(BuildOutcome outcome, string text, string? next)
    {
        var markdown = new StringBuilder("| Target | Status | Duration | |\n|---|---|---:|---|\n");
        foreach (var target in Shown(outcome))
            markdown.Append(CultureInfo.InvariantCulture, $"| {target.Name} | {Status(target)} | {(HasRun(target) ? Format(target.Duration) : "")} | {Cell(Note(target).TrimStart(' ', '/'))} |\n");
        markdown.Append(CultureInfo.InvariantCulture, $"| **Total** | | {Format(outcome.Duration)} | |\n\n{text}\n");
        return next is null ? markdown.ToString() : markdown.Append(CultureInfo.InvariantCulture, $"\n    {next}\n").ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);

    private static string Note(ExecutableTarget target)
    {
        var notes = target.SummaryInformation.Select(pair => $"{pair.Key}: {pair.Value}");
        if (target.SkipReason is { } reason)
            notes = notes.Prepend(reason);
        var note = string.Join(", ", notes);
        return note.Length > 0 ? $"   // {note}" : "";
    }

    private static string Status(ExecutableTarget target) => target switch
    {
        { IsRestored: true, Status: ExecutionStatus.Succeeded } => "Restored",
        { Status: ExecutionStatus.NotRun } => "Not run",
        _ => target.Status.ToString(),
    };

    private static bool HasRun(ExecutableTarget target) => target.Status is ExecutionStatus.Succeeded or ExecutionStatus.Failed or ExecutionStatus.Aborted;

    private static string Paint(ExecutableTarget target, string row, Palette palette) => target.Status switch
    {
        ExecutionStatus.Succeeded => palette.Good(row),
        ExecutionStatus.Failed or ExecutionStatus.Aborted => palette.Bad(row),
        ExecutionStatus.NotRun => palette.Doubtful(row),
        _ => palette.Faint(row),
    };
}
