namespace WasmWizard.Delivery.Checking.Yaml;

/// <summary>A node of a YAML document with its line. Repeated keys are all kept; aliases lead to the node that they name.</summary>
public sealed class Node(NodeKind kind, int line, string value = "", bool isBlock = false)
{
    public static Node None { get; } = new(NodeKind.Absent, 0);

    public NodeKind Kind => kind;

    /// <summary>From 1.</summary>
    public int Line => line;

    /// <summary>A scalar's text; empty otherwise.</summary>
    public string Value => value;

    /// <summary>A literal or folded scalar: its text begins on the line after <see cref="Line"/>.</summary>
    public bool IsBlock => isBlock;

    public bool Exists => kind != NodeKind.Absent;

    public List<Node> Items { get; } = [];

    public List<(Node Key, Node Value)> Pairs { get; } = [];

    /// <summary>The first value of a key, also through merge keys; <see cref="None"/> when it is absent.</summary>
    public Node this[string key]
    {
        get
        {
            foreach (var (name, found) in Pairs)
            {
                if (name.Value == key)
                    return found;
            }

            var merged = Pairs.FirstOrDefault(pair => pair.Key.Value == "<<").Value;
            return merged is { Kind: NodeKind.Mapping } ? merged[key] : None;
        }
    }

    public Node At(params ReadOnlySpan<string> keys)
    {
        var node = this;
        foreach (var key in keys)
            node = node[key];
        return node;
    }

    /// <summary>The texts of a scalar or of a sequence of scalars.</summary>
    public IReadOnlyList<string> Texts => kind switch
    {
        NodeKind.Scalar => [value],
        NodeKind.Sequence => [.. Items.Where(item => item.Kind == NodeKind.Scalar).Select(item => item.Value)],
        _ => [],
    };

    /// <summary>This node and all below it, each once however many aliases lead there.</summary>
    public IEnumerable<Node> All()
    {
        var seen = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        var waiting = new Stack<Node>([this]);
        while (waiting.TryPop(out var node))
        {
            if (!seen.Add(node))
                continue;
            yield return node;
            foreach (var item in Enumerable.Reverse(node.Items))
                waiting.Push(item);
            foreach (var (_, below) in Enumerable.Reverse(node.Pairs))
                waiting.Push(below);
        }
    }
}

/// <summary>What a node is.</summary>
public enum NodeKind
{
    Absent,
    Scalar,
    Sequence,
    Mapping,
}
