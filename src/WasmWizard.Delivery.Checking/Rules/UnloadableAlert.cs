using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A file of rules that Prometheus refuses: with one bad rule it loads none of the file.</summary>
internal sealed partial class UnloadableAlert : CheckRule
{
    // What Prometheus offers inside annotations and labels, beside the language's own words.
    private static readonly HashSet<string> Functions =
    [
        "query", "first", "label", "value", "strvalue", "args", "reReplaceAll", "safeHtml", "match", "title", "toUpper", "toLower", "graphLink", "tableLink", "sortByLabel", "stripPort", "stripDomain", "humanize", "humanize1024",
        "humanizeDuration", "humanizePercentage", "humanizeTimestamp", "toTime", "toDuration", "now", "pathPrefix", "externalURL", "parseDuration", "urlQueryEscape", "tmpl", "printf", "print", "println", "len", "index", "and", "or", "not",
        "eq", "ne", "lt", "le", "gt", "ge", "html", "js", "call", "slice", "urlquery", "if", "else", "end", "range", "with", "define", "template", "block", "true", "false", "nil", "break", "continue",
    ];

    public override string Id => "WW6602";

    public override string Title => "An alert rule cannot be loaded";

    public override string Required => "every file of rules loads: Prometheus refuses the whole file for one bad rule";

    protected override IEnumerable<Place> Inspect(Repository repository) => repository.AlertFiles.SelectMany(Faults);

    private static IEnumerable<Place> Faults(AlertFile file)
    {
        foreach (var (line, reason) in file.Yaml.Faults)
            yield return new(file.File.Path, line, reason, "mend the YAML; promtool check rules shows the place");
        foreach (var repeated in file.Groups.GroupBy(group => group["name"].Value).Where(group => group.Key.Length > 0 && group.Count() > 1))
            yield return new(file.File.Path, repeated.Last().Line, $"a second group is named {repeated.Key}", "a name of its own");
        foreach (var rule in file.Rules)
        {
            var name = rule["alert"].Exists ? rule["alert"] : rule["record"];
            if (rule["expr"].Value is var expression && new PromQuery(expression).Fault is { } fault)
                yield return new(file.File.Path, Math.Max(rule["expr"].Line, rule.Line), $"{name.Value}: {fault}", "mend the expression; promtool check rules shows the place");
            if (rule["alert"].Exists == rule["record"].Exists)
                yield return new(file.File.Path, rule.Line, "a rule has to have alert or record, one of them", "name it");
            foreach (var duration in new[] { rule["for"], rule["keep_firing_for"] }.Where(duration => duration.Value.Length > 0 && !Duration().IsMatch(duration.Value)))
                yield return new(file.File.Path, duration.Line, $"{name.Value}: {duration.Value} is no duration", "a number and ms, s, m, h, d, w or y");
            foreach (var text in rule["annotations"].Pairs.Concat(rule["labels"].Pairs).Select(pair => pair.Value))
            {
                if (TemplateFault(text.Value) is { } wrong)
                    yield return new(file.File.Path, text.Line, $"{name.Value}: {wrong}", "a function of Prometheus, e.g. humanize1024");
            }
        }
    }

    private static string? TemplateFault(string text)
    {
        if (Count(text, "{{") != Count(text, "}}"))
            return "a {{ is not closed";
        foreach (Match part in Template().Matches(text))
        {
            foreach (Match word in Word().Matches(Quoted().Replace(part.Value, "")))
            {
                if (!Functions.Contains(word.Value))
                    return $"the template calls {word.Value}, which Prometheus does not have";
            }
        }

        return null;
    }

    private static int Count(string text, string part) => (text.Length - text.Replace(part, "", StringComparison.Ordinal).Length) / part.Length;

    [GeneratedRegex(@"\A(0|(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?)\z")]
    private static partial Regex Duration();

    [GeneratedRegex(@"\{\{[^{}]*\}\}")]
    private static partial Regex Template();

    [GeneratedRegex("""
        "[^"]*"|`[^`]*`|'[^']*'|/\*.*?\*/
        """)]
    private static partial Regex Quoted();

    // Neither a field (.Labels), a variable ($value) nor a number.
    [GeneratedRegex(@"(?<![\w.$])[A-Za-z_]\w*")]
    private static partial Regex Word();
}
