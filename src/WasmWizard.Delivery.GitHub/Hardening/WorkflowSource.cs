using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace WasmWizard.Delivery.GitHub.Hardening;

/// <summary>A workflow file as it was read: its tree with the lines of every node. Anchors are followed as readers of YAML do.</summary>
public sealed class WorkflowSource
{
    private WorkflowSource(string path, YamlMappingNode root)
    {
        (Path, Root) = (path, root);
        Jobs = [.. Root.Map("jobs").Pairs().Where(pair => pair.Value is YamlMappingNode).Select(pair => new JobSource(this, pair.Key, (YamlMappingNode)pair.Value))];
        Triggers = TriggersOf(Root.Get("on") ?? Root.Get("true"));
    }

    /// <summary>Relative to the repository's root.</summary>
    public string Path { get; }

    public YamlMappingNode Root { get; }

    public IReadOnlyList<JobSource> Jobs { get; }

    /// <summary>What starts it, by the platform's word; the value is null where nothing narrows it.</summary>
    public IReadOnlyDictionary<string, YamlNode?> Triggers { get; }

    public IEnumerable<StepSource> Steps => Jobs.SelectMany(job => job.Steps);

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is no YAML mapping; the message says where and why.</exception>
    public static WorkflowSource Parse(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException fault)
        {
            throw new FormatException($"{path}:{fault.Start.Line}: not readable as YAML: {fault.Message}", fault);
        }
        catch (ArgumentException fault)
        {
            throw new FormatException($"{path}:1: not readable as YAML: {fault.Message}", fault);
        }

        return stream.Documents is [{ RootNode: YamlMappingNode root }]
            ? new(path, root)
            : throw new FormatException($"{path}:1: holds {stream.Documents.Count} documents, required: one mapping");
    }

    private static Dictionary<string, YamlNode?> TriggersOf(YamlNode? node) => node switch
    {
        YamlScalarNode one => new() { [one.Value ?? ""] = null },
        YamlSequenceNode many => many.OfType<YamlScalarNode>().DistinctBy(item => item.Value).ToDictionary(item => item.Value ?? "", _ => (YamlNode?)null),
        YamlMappingNode map => map.Pairs().ToDictionary(pair => pair.Key, pair => (YamlNode?)pair.Value),
        _ => [],
    };
}

/// <summary>One job of a workflow file.</summary>
public sealed class JobSource
{
    internal JobSource(WorkflowSource workflow, string id, YamlMappingNode node)
    {
        (Workflow, Id, Node) = (workflow, id, node);
        Steps = [.. node.Items("steps").OfType<YamlMappingNode>().Select(step => new StepSource(this, step))];
    }

    public WorkflowSource Workflow { get; }

    public string Id { get; }

    public YamlMappingNode Node { get; }

    public IReadOnlyList<StepSource> Steps { get; }

    public long Line => Node.Start.Line;

    /// <summary>The platform's environment that it acts on; null when it names none.</summary>
    public string? Environment => Node.Get("environment") switch
    {
        YamlMappingNode map => map.Text("name"),
        YamlScalarNode name => name.Value,
        _ => null,
    };
}

/// <summary>One step of a job.</summary>
public sealed record StepSource(JobSource Job, YamlMappingNode Node)
{
    /// <summary>The action's reference; null for a script.</summary>
    public YamlScalarNode? Uses => Node.Get("uses") as YamlScalarNode;

    public YamlScalarNode? Run => Node.Get("run") as YamlScalarNode;

    public YamlMappingNode With => Node.Map("with");

    /// <summary>The action without its version, lower-case because the platform ignores case; empty for a script.</summary>
    public string Action => (Uses?.Value ?? "").Split('@')[0].ToLowerInvariant();
}
