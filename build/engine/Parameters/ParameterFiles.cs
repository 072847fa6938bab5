using System.Text.Json;
using WasmWizard.BuildEngine.IO;

namespace WasmWizard.BuildEngine;

/// <summary>One value of a parameters file.</summary>
internal sealed record FileValue(string FileName, string Name, JsonDocument Document)
{
    public JsonElement Json => Document.RootElement;
}

/// <summary>The values of <c>.nuke/parameters.json</c> and of the loaded profiles.</summary>
internal sealed class ParameterFiles
{
    private readonly List<FileValue> _values = [];

    /// <param name="root">The folder that holds <c>.nuke</c>.</param>
    /// <param name="profiles">Named profiles, the weakest first.</param>
    /// <param name="faults">Receives what is wrong with a file.</param>
    public ParameterFiles(string root, IReadOnlyList<string> profiles, List<string> faults)
    {
        Load(root, "parameters.json", isOptional: true, faults);
        foreach (var profile in profiles)
            Load(root, $"parameters.{profile}.json", isOptional: false, faults);
    }

    /// <summary>All values, the weakest first.</summary>
    public IReadOnlyList<FileValue> Values => _values;

    /// <summary>The strongest value.</summary>
    public FileValue? Find(ParameterDefinition definition) => _values.FindLast(value => NameForm.Normalize(value.Name) == definition.Key);

    private void Load(string root, string fileName, bool isOptional, List<string> faults)
    {
        var path = Path.Combine(root, RootDirectories.Marker, fileName);
        if (!File.Exists(path))
        {
            if (!isOptional)
                faults.Add($"Profile file {RootDirectories.Marker}/{fileName} does not exist. Create it, or leave the profile out.");
            return;
        }

        Read(path, fileName, faults);
    }

    /// <summary>A method of its own: what reads JSON is loaded only where there is some.</summary>
    private void Read(string path, string fileName, List<string> faults)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            foreach (var property in document.RootElement.EnumerateObject().Where(property => property.Name != "$schema"))
                _values.Add(new FileValue(fileName, property.Name, JsonDocument.Parse(property.Value.GetRawText())));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            faults.Add($"{RootDirectories.Marker}/{fileName} is not a JSON object: {exception.Message}");
        }
    }
}
