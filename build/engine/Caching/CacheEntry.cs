using System.Text.Json;
using System.Text.Json.Nodes;

namespace WasmWizard.BuildEngine;

/// <summary>
/// What an earlier run of a target was made from and made, e.g. <c>{"target":"Publish","inputs":{"src/a.cs":"9f…"},"outputs":[{"path":"out/a.dll",
/// "hash":"3c…","mode":493}],"summary":{},"seconds":12.3,"seal":"77…"}</c>. The seal is the key over everything else.
/// </summary>
internal sealed record CacheEntry(
    string Target, IReadOnlyDictionary<string, string> Inputs, IReadOnlyList<CachedFile> Outputs, IReadOnlyDictionary<string, string> Summary, double Seconds)
{
    public string Key => WasmWizard.Delivery.Evidence.NamedInputs.KeyOf(Inputs);

    public string Write()
    {
        var document = new JsonObject
        {
            ["target"] = Target,
            ["inputs"] = Pairs(Inputs),
            ["outputs"] = new JsonArray([.. Outputs.Select(file => (JsonNode)new JsonObject { ["path"] = file.Path, ["hash"] = file.Hash, ["mode"] = file.Mode })]),
            ["summary"] = Pairs(Summary),
            ["seconds"] = Seconds,
            ["seal"] = Seal(),
        };
        return document.ToJsonString(JsonText.Options) + "\n";
    }

    /// <summary>Null when the text is not a whole entry that nobody changed.</summary>
    public static CacheEntry? Read(string json)
    {
        try
        {
            var document = JsonNode.Parse(json)!.AsObject();
            var entry = new CacheEntry(
                (string)document["target"]!,
                Texts(document["inputs"]!),
                [.. document["outputs"]!.AsArray().Select(file => new CachedFile((string)file!["path"]!, (string)file["hash"]!, (int)file["mode"]!))],
                Texts(document["summary"]!),
                (double)document["seconds"]!);
            return (string?)document["seal"] == entry.Seal() ? entry : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NullReferenceException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private string Seal()
    {
        var all = Inputs.ToDictionary(input => "input " + input.Key, input => input.Value);
        foreach (var file in Outputs)
            all["output " + file.Path] = $"{file.Hash} {file.Mode}";
        foreach (var (name, value) in Summary)
            all["summary " + name] = value;
        all["target"] = Target;
        all["seconds"] = Seconds.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        return WasmWizard.Delivery.Evidence.NamedInputs.KeyOf(all);
    }

    private static JsonObject Pairs(IReadOnlyDictionary<string, string> pairs) =>
        new(pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));

    private static Dictionary<string, string> Texts(JsonNode node) => node.AsObject().ToDictionary(pair => pair.Key, pair => (string)pair.Value!);
}

/// <param name="Path">Relative to the root, forward slashes.</param>
/// <param name="Hash">Of the content; the name of the stored copy.</param>
/// <param name="Mode">Unix permission bits; 0 where there are none.</param>
internal sealed record CachedFile(string Path, string Hash, int Mode);
