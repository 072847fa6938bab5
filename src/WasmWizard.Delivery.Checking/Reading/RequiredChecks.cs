using System.Text.Json;
using WasmWizard.Delivery.Checking.Snapshots;
using WasmWizard.Delivery.Checking.Yaml;

namespace WasmWizard.Delivery.Checking.Reading;

/// <summary>The names under which files of the repository tell the code host to wait for checks.</summary>
internal static class RequiredChecks
{
    public static IEnumerable<Promise> In(Repository repository) =>
    [
        .. repository.Files.Where(file => file.IsYaml && file.Path.StartsWith(".github/", StringComparison.Ordinal) && file.Text.Contains("required_status_checks", StringComparison.Ordinal)).SelectMany(file => OfSettings(repository, file)),
        .. repository.Files.Where(file => file.Extension == ".json" && !file.IsAside && file.Text.Contains("required_status_checks", StringComparison.Ordinal)).SelectMany(OfRuleset),
        .. repository.Strategy.Reported,
    ];

    private static IEnumerable<Promise> OfSettings(Repository repository, SourceFile file) =>
        from document in repository.Yaml(file).Documents
        from node in document.All()
        let required = node["required_status_checks"]
        from name in required["contexts"].Items.Concat(required["checks"].Items.Select(check => check["context"]))
        where name.Kind == NodeKind.Scalar
        select new Promise(file.Path, name.Line, name.Value, null, null);

    private static List<Promise> OfRuleset(SourceFile file)
    {
        var found = new List<Promise>();
        try
        {
            using var json = JsonDocument.Parse(file.Text);
            Collect(json.RootElement, found, file);
        }
        catch (JsonException)
        {
            // What is no JSON sets nothing.
        }

        return found;
    }

    private static void Collect(JsonElement element, List<Promise> found, SourceFile file)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                Collect(item, found, file);
        }

        if (element.ValueKind != JsonValueKind.Object)
            return;
        foreach (var property in element.EnumerateObject())
        {
            if (property.Name == "context" && property.Value.ValueKind == JsonValueKind.String)
                Add(property.Value.GetString()!);
            else if (property.Name == "contexts" && property.Value.ValueKind == JsonValueKind.Array)
            {
                foreach (var name in property.Value.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String))
                    Add(name.GetString()!);
            }
            else
                Collect(property.Value, found, file);
        }

        void Add(string name) => found.Add(new(file.Path, Math.Max(1, file.Lines.ToList().FindIndex(line => line.Contains($"\"{name}\"", StringComparison.Ordinal)) + 1), name, null, null));
    }
}
