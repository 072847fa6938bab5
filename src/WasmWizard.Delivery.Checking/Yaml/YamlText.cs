using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace WasmWizard.Delivery.Checking.Yaml;

/// <summary>A YAML file as it was read: its documents, and every reason why a reader would stumble.</summary>
/// <param name="Documents">As far as they could be read.</param>
/// <param name="Faults">Line and reason; empty when the file is sound.</param>
public sealed record YamlText(IReadOnlyList<Node> Documents, IReadOnlyList<(int Line, string Reason)> Faults)
{
    /// <summary>Deeper than anything people write, and far from where a reader that recurses would end.</summary>
    private const int MaxDepth = 100;

    /// <summary>Reads event by event, without recursion, so that no input can exhaust the stack.</summary>
    public static YamlText Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var documents = new List<Node>();
        var faults = new List<(int, string)>();
        var line = 1;
        var scanner = new Scanner(new StringReader(text));
        try
        {
            var parser = new Parser(scanner);
            var builder = new TreeBuilder(documents, faults);
            while (parser.MoveNext())
            {
                line = (int)parser.Current!.Start.Line;
                if (!builder.Take(parser.Current, MaxDepth))
                    break;
            }
        }
        catch (YamlException fault)
        {
            // Some faults carry the start of the whole mapping instead of the place: then the scanner knows better.
            var place = (int)fault.Start.Line;
            faults.Add((place < line ? (int)scanner.CurrentPosition.Line : place, fault.Message.Split('\n')[0].TrimEnd('.')));
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or IndexOutOfRangeException or OverflowException or FormatException)
        {
            // The library's scanner gives up on some damaged input with an exception of the framework.
            faults.Add((line, $"no reader of YAML gets past this line ({fault.GetType().Name})"));
        }

        return new(documents, faults);
    }

    private sealed class TreeBuilder(List<Node> documents, List<(int, string)> faults)
    {
        private readonly Stack<(Node Node, string? Anchor)> _open = new();
        private readonly Dictionary<string, Node> _anchors = [];
        private readonly Stack<Node?> _keys = new();

        public bool Take(ParsingEvent next, int depth)
        {
            var line = (int)next.Start.Line;
            switch (next)
            {
                case DocumentStart:
                    _anchors.Clear();
                    break;
                case Scalar scalar:
                    Place(new(NodeKind.Scalar, line, scalar.Value, scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded), scalar.Anchor);
                    break;
                case AnchorAlias alias:
                    Place(_anchors.GetValueOrDefault(alias.Value.Value) ?? new(NodeKind.Scalar, line), default);
                    break;
                case SequenceStart or MappingStart when _open.Count >= depth:
                    faults.Add((line, $"nested deeper than {depth} levels"));
                    return false;
                case SequenceStart start:
                    _open.Push((new(NodeKind.Sequence, line), Name(start.Anchor)));
                    _keys.Push(null);
                    break;
                case MappingStart start:
                    _open.Push((new(NodeKind.Mapping, line), Name(start.Anchor)));
                    _keys.Push(null);
                    break;
                case SequenceEnd or MappingEnd:
                    var (node, anchor) = _open.Pop();
                    _keys.Pop();
                    // An anchor counts from its end on: a node that contains itself has no finite reading.
                    if (anchor is not null)
                        _anchors[anchor] = node;
                    Place(node, default);
                    break;
            }

            return true;
        }

        private void Place(Node node, AnchorName anchor)
        {
            if (!anchor.IsEmpty)
                _anchors[anchor.Value] = node;
            if (_open.Count == 0)
            {
                documents.Add(node);
                return;
            }

            var parent = _open.Peek().Node;
            if (parent.Kind == NodeKind.Sequence)
            {
                parent.Items.Add(node);
                return;
            }

            if (_keys.Pop() is not { } key)
            {
                if (node.Value.Length > 0 && node.Value != "<<" && parent.Pairs.Any(pair => pair.Key.Value == node.Value))
                    faults.Add((node.Line, $"the key {node.Value} stands here a second time; readers keep one of them and drop the other"));
                _keys.Push(node);
                return;
            }

            parent.Pairs.Add((key, node));
            _keys.Push(null);
        }

        private static string? Name(AnchorName anchor) => anchor.IsEmpty ? null : anchor.Value;
    }
}
