using WasmWizard.Delivery.GitHub.Hardening.Rules;

namespace WasmWizard.Delivery.GitHub.Hardening;

/// <summary>Every rule over every workflow: what a person who audits workflows for a living would ask first.</summary>
public static class WorkflowHardening
{
    /// <summary>The id of a finding about a file that cannot be read at all.</summary>
    public const string Unreadable = "unreadable-workflow";

    public static IReadOnlyList<HardeningRule> Rules { get; } =
    [
        .. PinningRules.All,
        .. TokenRules.All,
        .. InputRules.All,
        .. TriggerRules.All,
        .. SecretRules.All,
        .. ConcurrencyRules.All,
    ];

    /// <summary>All findings about one file, by line. A file that is no YAML is one finding, never an exception.</summary>
    public static IReadOnlyList<HardeningFinding> Inspect(string path, string text)
    {
        try
        {
            var workflow = WorkflowSource.Parse(path, text);
            return [.. Rules.SelectMany(rule => rule.Of(workflow)).OrderBy(finding => finding.Line).ThenBy(finding => finding.Rule, StringComparer.Ordinal)];
        }
        catch (FormatException fault)
        {
            return [new(Unreadable, path, 1, "a workflow that the platform can read", fault.Message, "mend the file where the message points")];
        }
    }
}
