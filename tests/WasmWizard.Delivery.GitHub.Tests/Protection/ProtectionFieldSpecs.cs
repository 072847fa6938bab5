using System.Text.Json.Nodes;
using WasmWizard.Delivery.GitHub.Protection;
using WasmWizard.Delivery.GitHub.Tests.Platform;
using Xunit.Abstractions;

namespace WasmWizard.Delivery.GitHub.Tests.Protection;

/// <summary>The table over all fields: whatever single field of the platform's settings changes, the review says so.</summary>
public sealed class ProtectionFieldSpecs(ITestOutputHelper output)
{
    // Facts about a document that are no setting: numbers, names of the platform's own, times, links.
    private static readonly HashSet<string> Facts =
        ["id", "node_id", "url", "html_url", "source", "source_type", "created_at", "updated_at", "_links", "current_user_can_bypass", "selected_actions_url", "value", "full_name"];

    [Fact]
    public async Task Every_single_change_of_every_field_is_drift_or_unknown()
    {
        await using var server = await FakeGitHub.Start();
        Assert.Empty(await Protections.Apply(server));
        Assert.All(await Protections.Review(server), finding => Assert.Equal(ProtectionState.Match, finding.State));
        var changes = Changes(server.Settings).ToList();
        List<string> silent = [];
        foreach (var (name, change, undo) in changes)
        {
            change();
            if (ProtectionReport.IsWhole(await Protections.Review(server)))
                silent.Add(name);
            undo();
        }

        output.WriteLine($"{changes.Count} changes, {silent.Count} silent:\n{string.Join('\n', silent)}");
        Assert.Empty(silent);
        Assert.True(changes.Count > 250, $"{changes.Count} changes");
        Assert.True(ProtectionReport.IsWhole(await Protections.Review(server)), "the last change was not undone");
    }

    private static IEnumerable<(string Name, Action Change, Action Undo)> Changes(FakeSettings settings)
    {
        foreach (var field in Protections.Wanted.Documents.Single(document => document.Name == "repository").Fields)
        {
            foreach (var change in OfField("repository", settings.Repository, field.Key))
                yield return change;
        }

        foreach (var (name, document) in Documents(settings))
        {
            foreach (var change in OfDocument(name, document))
                yield return change;
        }

        foreach (var list in new[] { settings.Rulesets, settings.Environments, settings.Teams }.Concat(settings.Lists.Values))
        {
            foreach (var entry in list.ToList())
                yield return ($"without {Name(entry)}", () => list.Remove(entry), () => list.Add(entry));
        }

        var stranger = new JsonObject { ["id"] = 1, ["name"] = "stranger", ["target"] = "branch" };
        yield return ("another ruleset", () => settings.Rulesets.Add(stranger), () => settings.Rulesets.Remove(stranger));
        yield return ("another environment", () => settings.Environments.Add(stranger), () => settings.Environments.Remove(stranger));
        foreach (var (key, list) in settings.Lists)
        {
            var another = new JsonObject { ["id"] = 1, ["name"] = "ANOTHER", ["type"] = "branch" };
            yield return ($"another in {key}", () => list.Add(another), () => list.Remove(another));
        }
    }

    private static IEnumerable<(string Name, JsonObject Document)> Documents(FakeSettings settings) =>
    [
        ("actions", settings.Actions),
        ("selected actions", settings.SelectedActions),
        ("workflow token", settings.WorkflowToken),
        .. settings.Rulesets.Concat(settings.Environments).Select(entry => (Name(entry), entry)),
        .. settings.Lists.SelectMany(list => list.Value.Select(entry => ($"{list.Key} {Name(entry)}", entry))),
        .. settings.Teams.Select(team => ($"team {Name(team)}", team)),
    ];

    private static string Name(JsonObject entry) => (string?)entry["name"] ?? "?";

    private static IEnumerable<(string Name, Action Change, Action Undo)> OfDocument(string name, JsonObject document) =>
        document.Select(field => field.Key).Where(field => !Facts.Contains(field) && !(field == "name" && document.ContainsKey("slug"))).ToList().SelectMany(field => OfField(name, document, field));

    private static IEnumerable<(string Name, Action Change, Action Undo)> OfField(string name, JsonObject document, string field)
    {
        var before = document[field]?.DeepClone();
        void Undo() => document[field] = before?.DeepClone();
        yield return ($"{name}.{field} is gone", () => document.Remove(field), Undo);
        foreach (var other in Others(before))
            yield return ($"{name}.{field} = {other?.ToJsonString() ?? "null"}", () => document[field] = other?.DeepClone(), Undo);
    }

    // Every value that differs in exactly one place.
    private static IEnumerable<JsonNode?> Others(JsonNode? value)
    {
        switch (value)
        {
            case JsonObject map:
                foreach (var field in map.Where(field => !Facts.Contains(field.Key) && !(field.Key == "name" && map.ContainsKey("slug"))).ToList())
                {
                    foreach (var other in Others(field.Value).ToList())
                        yield return With(map, field.Key, other);
                    var without = (JsonObject)map.DeepClone();
                    without.Remove(field.Key);
                    yield return without;
                }

                // A team is described, not set, where a rule names it.
                if (!map.ContainsKey("slug"))
                    yield return With(map, "something_new", true);
                break;
            case JsonArray list:
                for (var at = 0; at < list.Count; at++)
                {
                    foreach (var other in Others(list[at]).ToList())
                        yield return new JsonArray([.. list.Select((entry, index) => index == at ? other?.DeepClone() : entry?.DeepClone())]);
                    yield return new JsonArray([.. list.Where((_, index) => index != at).Select(entry => entry?.DeepClone())]);
                }

                yield return new JsonArray([.. list.Select(entry => entry?.DeepClone()), list.Count > 0 && list[0] is JsonObject ? Stranger(list) : "another"]);
                break;
            case JsonValue scalar when scalar.TryGetValue<bool>(out var flag):
                yield return !flag;
                break;
            case JsonValue scalar when scalar.TryGetValue<int>(out var number):
                yield return number + 1;
                break;
            case null:
                yield return "something";
                break;
            default:
                yield return (string?)value + "-other";
                break;
        }
    }

    private static JsonObject Stranger(JsonArray list) =>
        list[0] is JsonObject { } first && first.ContainsKey("type") ? new JsonObject { ["type"] = "stranger" } : new JsonObject { ["context"] = "stranger" };

    private static JsonObject With(JsonObject map, string field, JsonNode? value)
    {
        var copy = (JsonObject)map.DeepClone();
        copy[field] = value?.DeepClone();
        return copy;
    }
}
