using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Reading;
using WasmWizard.Delivery.Checking.Snapshots;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A shell function whose result is read from its output, into which it also logs: the result is lost among the lines.</summary>
internal sealed partial class MixedResult : CheckRule
{
    public override string Id => "WW6312";

    public override string Title => "A script's result is mixed with its log";

    public override string Required => "what x=$(function) reads holds the result alone: log lines go to stderr";

    protected override IEnumerable<Place> Inspect(Repository repository) =>
        repository.Files.Where(file => !file.IsAside && Script.IsScript(file) && file.Text.Contains("$(", StringComparison.Ordinal)).SelectMany(Mixed);

    private static IEnumerable<Place> Mixed(SourceFile file)
    {
        var functions = Functions(file);
        var loggers = functions.Where(function => LoggerName().IsMatch(function.Key) && function.Value.Any(line => Prints().IsMatch(line)) && !function.Value.Any(line => Elsewhere().IsMatch(line))).Select(function => function.Key).ToHashSet();
        if (loggers.Count == 0)
            yield break;
        for (var at = 0; at < file.Lines.Count; at++)
        {
            if (Captured().Match(file.Lines[at]) is { Success: true } capture && functions.TryGetValue(capture.Groups[1].Value, out var body)
                && body.Any(line => loggers.Contains(line.Trim().Split(' ')[0]) && !line.Contains(">&2", StringComparison.Ordinal)) && body.Any(line => Result().IsMatch(line)))
                yield return new(file.Path, at + 1, $"{file.Lines[at].Trim()} also reads the lines that {capture.Groups[1].Value} logs", "write the log to stderr: echo … >&2");
        }
    }

    private static Dictionary<string, List<string>> Functions(SourceFile file)
    {
        var functions = new Dictionary<string, List<string>>();
        for (var at = 0; at < file.Lines.Count; at++)
        {
            if (Opening().Match(file.Lines[at]) is not { Success: true } opening)
                continue;
            var body = new List<string>();
            while (++at < file.Lines.Count && !file.Lines[at].StartsWith('}'))
                body.Add(file.Lines[at]);
            functions[opening.Groups[1].Value] = body;
        }

        return functions;
    }

    [GeneratedRegex(@"^(?:function\s+)?(\w+)\s*(?:\(\))?\s*\{\s*$")]
    private static partial Regex Opening();

    [GeneratedRegex(@"(?i)(log|info|warn|msg|message|say|print|status|debug|notice)")]
    private static partial Regex LoggerName();

    [GeneratedRegex(@"^\s*(echo|printf)\b")]
    private static partial Regex Prints();

    [GeneratedRegex(@"(>&2|1>&2|>>|\btee\b|/dev/stderr|\blogger\b|/dev/tty)")]
    private static partial Regex Elsewhere();

    [GeneratedRegex(@"^\s*(?:local\s+|declare\s+|readonly\s+|export\s+)?\w+=""?\$\((\w+)\b")]
    private static partial Regex Captured();

    [GeneratedRegex(@"^\s*(echo|printf)\s+(""%s(\\n)?""\s+)?""?\$")]
    private static partial Regex Result();
}
