using YamlDotNet.RepresentationModel;

namespace WasmWizard.Delivery.GitHub.Tests;

/// <summary>A generated file as a reader of YAML sees it, not as we meant it.</summary>
internal sealed class ParsedWorkflow
{
    public ParsedWorkflow(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        Root = (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    public YamlMappingNode Root { get; }

    public IReadOnlyDictionary<string, YamlMappingNode> Jobs =>
        ((YamlMappingNode)Root["jobs"]).ToDictionary(job => job.Key.ToString(), job => (YamlMappingNode)job.Value);

    public IEnumerable<YamlMappingNode> Steps => Jobs.Values.SelectMany(StepsOf);

    public static IEnumerable<YamlMappingNode> StepsOf(YamlMappingNode job) => job.Children.TryGetValue("steps", out var steps) ? ((YamlSequenceNode)steps).Cast<YamlMappingNode>() : [];

    public static IReadOnlyList<string> Needs(YamlMappingNode job) => List(job, "needs");

    public static IReadOnlyList<string> List(YamlMappingNode node, string key) => !node.Children.TryGetValue(key, out var value) ? []
        : value is YamlSequenceNode items ? [.. items.Select(item => item.ToString())] : [value.ToString()];

    public static string? Text(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? value.ToString() : null;
}
