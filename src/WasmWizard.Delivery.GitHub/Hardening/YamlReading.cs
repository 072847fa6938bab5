using YamlDotNet.RepresentationModel;

namespace WasmWizard.Delivery.GitHub.Hardening;

/// <summary>Short ways to ask a tree of YAML that may hold anything: what is not there, or of another kind, is simply absent.</summary>
public static class YamlReading
{
    private static readonly YamlMappingNode Nothing = [];

    public static YamlNode? Get(this YamlMappingNode map, string key) => map.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    public static string? Text(this YamlMappingNode map, string key) => (map.Get(key) as YamlScalarNode)?.Value;

    public static YamlMappingNode Map(this YamlMappingNode map, string key) => map.Get(key) as YamlMappingNode ?? Nothing;

    public static IEnumerable<YamlNode> Items(this YamlMappingNode map, string key) => map.Get(key) as YamlSequenceNode ?? Enumerable.Empty<YamlNode>();

    public static IEnumerable<(string Key, YamlNode Value)> Pairs(this YamlMappingNode map) =>
        map.Children.Where(pair => pair.Key is YamlScalarNode).Select(pair => (((YamlScalarNode)pair.Key).Value ?? "", pair.Value));

    /// <summary>Every scalar at or below a node, keys left out; a node that an anchor repeats is visited once.</summary>
    public static IEnumerable<YamlScalarNode> Scalars(this YamlNode node)
    {
        var seen = new HashSet<YamlNode>(ReferenceEqualityComparer.Instance);
        var open = new Stack<YamlNode>([node]);
        while (open.TryPop(out var next))
        {
            if (!seen.Add(next))
                continue;
            switch (next)
            {
                case YamlScalarNode scalar:
                    yield return scalar;
                    break;
                case YamlMappingNode map:
                    foreach (var value in map.Children.Values.Reverse())
                        open.Push(value);
                    break;
                case YamlSequenceNode items:
                    foreach (var item in items.Children.Reverse())
                        open.Push(item);
                    break;
            }
        }
    }
}
