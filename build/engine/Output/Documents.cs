using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WasmWizard.BuildEngine;

/// <summary>What <c>--json</c> prints when no target published a document.</summary>
internal static class OutcomeDocument
{
    public static string Of(BuildOutcome outcome) => JsonText.Of(json => WriteMembers(json, outcome));

    /// <summary>Writes what other documents about the run begin or go on with.</summary>
    public static void WriteMembers(Utf8JsonWriter json, BuildOutcome outcome)
    {
        json.WriteNumber("exitCode", outcome.ExitCode);
        json.WriteString("error", outcome.FirstError);
        json.WriteStartArray("targets");
        foreach (var target in outcome.Plan)
            Write(json, target);
        json.WriteEndArray();
    }

    public static string OfFailure(int exitCode, IReadOnlyCollection<string> faults) => new JsonObject
    {
        ["exitCode"] = exitCode,
        ["faults"] = JsonText.Strings(faults),
    }.ToJsonString(JsonText.Options);

    private static void Write(Utf8JsonWriter json, ExecutableTarget target)
    {
        json.WriteStartObject();
        json.WriteString("name", target.Name);
        json.WriteString("status", target.Status.ToString());
        json.WriteNumber("seconds", Math.Round(target.Duration.TotalSeconds, 3));
        if (target.Began is { } began)
        {
            json.WriteNumber("began", Math.Round(began.TotalSeconds, 3));
            json.WriteNumber("job", target.Lane + 1);
        }
        else
        {
            json.WriteNull("began");
            json.WriteNull("job");
        }

        json.WriteBoolean("restored", target.IsRestored);
        json.WriteString("skipReason", target.SkipReason);
        json.WriteStartObject("summary");
        foreach (var (name, value) in target.SummaryInformation)
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }
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

    /// <summary>A document of many members, written without a tree of them.</summary>
    /// <param name="writeMembers">Writes the members of its one object.</param>
    public static string Of(Action<Utf8JsonWriter> writeMembers)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = Options.Encoder }))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    public static JsonArray Strings(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);
}
