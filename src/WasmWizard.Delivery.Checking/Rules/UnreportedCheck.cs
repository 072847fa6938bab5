using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A required check that no job reports: with it nothing can ever be merged, or it is required nowhere in truth.</summary>
internal sealed partial class UnreportedCheck : CheckRule
{
    public override string Id => "WW6105";

    public override string Title => "A required check is reported by no job";

    public override string Required => "each required check is the name of a job, to the letter";

    protected override IEnumerable<Place> Inspect(Repository repository)
    {
        var reported = repository.Workflows.SelectMany(workflow => workflow.Jobs).Select(Name).ToList();
        // A job whose name comes from elsewhere may report anything.
        if (reported.Count == 0 || reported.Exists(name => name.ToString() is @"\A.*\z"))
            yield break;
        foreach (var check in RequiredChecks.In(repository).Where(check => !External().IsMatch(check.Text) && !reported.Exists(name => name.IsMatch(check.Text))))
        {
            var near = repository.Workflows.SelectMany(workflow => workflow.Jobs).Select(job => job.Name).FirstOrDefault(name => name.Contains(check.Text, StringComparison.OrdinalIgnoreCase) || check.Text.Contains(name, StringComparison.OrdinalIgnoreCase));
            yield return new(check.File, check.Line, $"no job is named {check.Text}", near is null ? "name a job that exists" : $"the job is named {near}") { Promised = check.ToString() };
        }
    }

    /// <summary>The names that a job may report: a matrix puts its values in, or behind in parentheses; a called workflow adds its own jobs.</summary>
    private static Regex Name(Job job)
    {
        var name = Regex.Escape(Marked().Replace(job.Name, "\u0001")).Replace("\u0001", ".*", StringComparison.Ordinal);
        var matrix = job.Node.At("strategy", "matrix").Exists && !job.Name.Contains("${{", StringComparison.Ordinal) ? @"( \(.*\))?" : "";
        var called = job.Node["uses"].Exists ? "( / .*)?" : "";
        return new($@"\A{name}{matrix}{called}\z");
    }

    [GeneratedRegex(@"\$\{\{[^}]*\}\}")]
    private static partial Regex Marked();

    [GeneratedRegex(@"(?i)^(codecov|ci/|continuous-integration|license/|cla\b|dco\b|netlify|vercel|deploy/|buildkite|circleci|ci/circleci|travis|sonar|codeql\b|codeclimate|coverage/|security/|snyk|renovate|readthedocs|docs/readthedocs|appveyor|azure|jenkins|prow|tide|pre-commit\.ci)")]
    private static partial Regex External();
}
