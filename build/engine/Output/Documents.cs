using System.Text.Json;
using System.Text.Json.Nodes;

namespace WasmWizard.BuildEngine;

/// <summary>What <c>--json</c> prints when no target published a document.</summary>
internal static class OutcomeDocument
{
    public static string Of(BuildOutcome outcome) => Describe(outcome).ToJsonString(JsonText.Options);

    public static JsonObject Describe(BuildOutcome outcome) => new()
    {
        ["exitCode"] = outcome.ExitCode,
        ["error"] = outcome.FirstError,
        ["targets"] = new JsonArray([.. outcome.Plan.Select(Describe)]),
    };

    public static string OfFailure(int exitCode, IReadOnlyCollection<string> faults) => new JsonObject
    {
        ["exitCode"] = exitCode,
        ["faults"] = JsonText.Strings(faults),
    }.ToJsonString(JsonText.Options);

    private static JsonNode Describe(ExecutableTarget target) => new JsonObject
    {
        ["name"] = target.Name,
        ["status"] = target.Status.ToString(),
        ["seconds"] = Math.Round(target.Duration.TotalSeconds, 3),
        ["began"] = target.Began is { } began ? Math.Round(began.TotalSeconds, 3) : null,
        ["job"] = target.Began is null ? null : target.Lane + 1,
        ["restored"] = target.IsRestored,
        ["skipReason"] = target.SkipReason,
        ["summary"] = new JsonObject(target.SummaryInformation.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
    };
}

/// <summary>What <c>--json</c> prints with <c>--help</c>, <c>--list</c> and <c>--plan</c>.</summary>
internal static class ListDocument
{
    public static string Of(NukeBuild build) => new JsonObject
    {
        ["targets"] = new JsonArray([.. build.Targets.Where(target => target.Listed).Select(Describe)]),
        ["parameters"] = new JsonArray([.. build.Parameters!.Definitions.Where(definition => definition.IsListed).DistinctBy(definition => definition.Key).Select(Describe)]),
    }.ToJsonString(JsonText.Options);

    /// <summary>The plan in the order of one job.</summary>
    /// <param name="plan">The targets.</param>
    /// <param name="durations">What is known of earlier runs.</param>
    public static string OfPlan(IReadOnlyList<ExecutableTarget> plan, IReadOnlyDictionary<string, TimeSpan> durations)
    {
        var order = Predecessors.Positions(plan);
        return new JsonObject
        {
            ["plan"] = new JsonArray([.. plan.Select((target, position) =>
            {
                var node = Describe(target);
                node["invoked"] = target.Invoked;
                node["waitsFor"] = JsonText.Strings(order[position].Order().Select(before => plan[before].Name));
                node["triggeredBy"] = JsonText.Strings(target.TriggerEdges.Where(plan.Contains).Select(other => other.Name));
                node["onlyWhen"] = JsonText.Strings(target.Definition.Conditions.Where(condition => !condition.IsException).Select(condition => condition.Text));
                node["unless"] = JsonText.Strings(target.Definition.Conditions.Where(condition => condition.IsException).Select(condition => condition.Text));
                node["locks"] = JsonText.Strings(target.Definition.Locks);
                node["alone"] = target.Definition.IsAlone;
                node["assured"] = target.Definition.IsAssured;
                node["proceeds"] = target.Definition.Proceeds;
                node["cached"] = TargetCache.Takes(target);
                node["lastSeconds"] = durations.TryGetValue(target.Name, out var known) ? Math.Round(known.TotalSeconds, 3) : null;
                return (JsonNode)node;
            })]),
        }.ToJsonString(JsonText.Options);
    }

    private static JsonObject Describe(ExecutableTarget target) => new()
    {
        ["name"] = target.Name,
        ["description"] = target.Description,
        ["isDefault"] = target.IsDefault,
        ["dependsOn"] = JsonText.Strings(target.ExecutionDependencies.Select(other => other.Name)),
        ["after"] = JsonText.Strings(target.OrderDependencies.Select(other => other.Name)),
        ["triggers"] = JsonText.Strings(target.Triggers.Select(other => other.Name)),
    };

    private static JsonNode Describe(ParameterDefinition definition) => new JsonObject
    {
        ["name"] = definition.Name,
        ["option"] = definition.Option,
        ["description"] = definition.Description,
        ["isSecret"] = definition.IsSecret,
    };
}

/// <summary>One way of writing JSON: indented, with line feeds on every system, readable letters.</summary>
internal static class JsonText
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
    };

    public static JsonArray Strings(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);
}
