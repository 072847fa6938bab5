using System.Text.Json.Nodes;

namespace WasmWizard.BuildEngine;

/// <summary>What <c>--explain-cache</c> says: as lines, and as <c>{"cache":[{"target":"Publish","restores":false,"reasons":["src/a.cs changed"]}]}</c>.</summary>
internal static class CacheText
{
    public static IEnumerable<string> Lines(IReadOnlyList<(ExecutableTarget Target, CacheAnswer Answer)> answers, Palette palette)
    {
        if (answers.Count == 0)
            yield return "No target of this plan takes part in the cache: none has both Inputs(...) and Outputs(...).";
        foreach (var (target, answer) in answers)
        {
            if (answer is CacheAnswer.Hit hit)
                yield return $"{palette.Name(target.Name)} would be {palette.Good("restored")}: {hit.Entry.Outputs.Count} files, {hit.Entry.Seconds:0.0} s of work";
            else
                yield return $"{palette.Name(target.Name)} would {palette.Doubtful("run")}:";
            foreach (var reason in ReasonsOf(answer))
                yield return $"  {reason}";
        }
    }

    public static string Document(IEnumerable<(ExecutableTarget Target, CacheAnswer Answer)> answers) => new JsonObject
    {
        ["cache"] = new JsonArray([.. answers.Select(pair => (JsonNode)new JsonObject
        {
            ["target"] = pair.Target.Name,
            ["restores"] = pair.Answer is CacheAnswer.Hit,
            ["reasons"] = JsonText.Strings(ReasonsOf(pair.Answer)),
        })]),
    }.ToJsonString(JsonText.Options);

    private static IReadOnlyList<string> ReasonsOf(CacheAnswer answer) => answer is CacheAnswer.Miss miss ? miss.Reasons : [];
}
