using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.Sarif;

/// <summary>Results as SARIF 2.1.0, for code hosts and editors. The same results give the same bytes.</summary>
public static class SarifText
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    /// <param name="category">What separates this run from others of the same commit, e.g. <c>scan/embedded</c>.</param>
    /// <param name="rules">In the order in which results count them; each id once.</param>
    /// <param name="results">Each of a rule that is listed.</param>
    public static string Write(string category, IReadOnlyList<SarifRule> rules, IEnumerable<SarifResult> results)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var places = rules.Select((rule, index) => (rule.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index);
        var run = new JsonObject
        {
            ["tool"] = new JsonObject
            {
                ["driver"] = new JsonObject
                {
                    ["name"] = "Wasm Wizard Delivery",
                    ["semanticVersion"] = "1.0.0",
                    ["informationUri"] = "https://wasm-wizard.com",
                    ["rules"] = new JsonArray([.. rules.Select(Rule)]),
                },
            },
            ["automationDetails"] = new JsonObject { ["id"] = $"{category}/" },
            ["columnKind"] = "utf16CodeUnits",
            ["results"] = new JsonArray([.. results.Select(result => Result(result, places[result.Rule]))]),
        };
        return new JsonObject { ["$schema"] = Schema, ["version"] = "2.1.0", ["runs"] = new JsonArray(run) }
            .ToJsonString(new() { WriteIndented = true, NewLine = "\n" }) + "\n";
    }

    private static JsonObject Rule(SarifRule rule)
    {
        var json = new JsonObject
        {
            ["id"] = rule.Id,
            ["shortDescription"] = new JsonObject { ["text"] = rule.Description },
            ["defaultConfiguration"] = new JsonObject { ["level"] = Word(rule.Level) },
        };
        if (rule.SecuritySeverity is { } score)
            json["properties"] = new JsonObject { ["security-severity"] = score, ["tags"] = new JsonArray("security") };
        return json;
    }

    private static JsonObject Result(SarifResult result, int rule)
    {
        var place = new JsonObject
        {
            ["artifactLocation"] = new JsonObject { ["uri"] = Uri.EscapeDataString(result.File).Replace("%2F", "/", StringComparison.Ordinal) },
        };
        if (result.Line is { } line)
            place["region"] = new JsonObject { ["startLine"] = line };
        return new JsonObject
        {
            ["ruleId"] = result.Rule,
            ["ruleIndex"] = rule,
            ["level"] = Word(result.Level),
            ["message"] = new JsonObject { ["text"] = result.Message },
            ["locations"] = new JsonArray(new JsonObject { ["physicalLocation"] = place }),
            ["partialFingerprints"] = new JsonObject { ["finding/v1"] = result.Fingerprint },
        };
    }

    private static string Word(SarifLevel level) => level switch
    {
        SarifLevel.Error => "error",
        SarifLevel.Warning => "warning",
        _ => "note",
    };
}

/// <summary>How much a result weighs.</summary>
public enum SarifLevel
{
    Note,
    Warning,
    Error,
}

/// <summary>A rule that results belong to.</summary>
/// <param name="Id">Unique in the log.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Level">Of its results unless they say otherwise.</param>
/// <param name="SecuritySeverity">A CVSS score as text, the form that code hosts read; null where the rule is not about security.</param>
public sealed record SarifRule(string Id, string Description, SarifLevel Level, string? SecuritySeverity = null);

/// <summary>One place that breaks a rule.</summary>
/// <param name="Rule">Id of the rule.</param>
/// <param name="Level">Its own weight.</param>
/// <param name="Message">For people.</param>
/// <param name="File">Relative to the root, with forward slashes.</param>
/// <param name="Line">From 1; null where a file as a whole is meant.</param>
/// <param name="Fingerprint">Equal for the same finding in another commit.</param>
public sealed record SarifResult(string Rule, SarifLevel Level, string Message, string File, int? Line, string Fingerprint);
