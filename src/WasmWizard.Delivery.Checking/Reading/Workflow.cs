using WasmWizard.Delivery.Checking.Snapshots;
using WasmWizard.Delivery.Checking.Yaml;

namespace WasmWizard.Delivery.Checking.Reading;

/// <summary>A file of <c>.github/workflows</c> as the platform would read it.</summary>
public sealed class Workflow
{
    public const string Folder = ".github/workflows/";

    public Workflow(SourceFile file)
    {
        File = file;
        Yaml = YamlText.Parse(file.Text);
        Root = Yaml.Documents.Count > 0 ? Yaml.Documents[0] : Node.None;
        On = Root["on"].Exists ? Root["on"] : Root["true"];
        Jobs = [.. Root["jobs"].Pairs.Select(pair => new Job(this, pair.Key, pair.Value))];
    }

    public SourceFile File { get; }

    public YamlText Yaml { get; }

    public Node Root { get; }

    /// <summary>Its triggers; <see cref="Node.None"/> when it has none.</summary>
    public Node On { get; }

    public IReadOnlyList<Job> Jobs { get; }

    public IEnumerable<Step> Steps => Jobs.SelectMany(job => job.Steps);

    public string Path => File.Path;

    public bool Has(string trigger) => On.Texts.Contains(trigger) || On.Pairs.Any(pair => pair.Key.Value == trigger);

    /// <summary>Whether a push to the branch, or a pull request into it, starts it.</summary>
    public bool RunsOn(string branch, params ReadOnlySpan<string> triggers)
    {
        foreach (var trigger in triggers)
        {
            if (!Has(trigger))
                continue;
            var filter = On[trigger];
            var names = filter["branches"].Texts;
            if (names.Count == 0 ? !filter["tags"].Exists && !filter["branches-ignore"].Texts.Any(name => BranchPattern.Matches(name, branch)) : names.Any(name => BranchPattern.Matches(name, branch)))
                return true;
        }

        return false;
    }
}

/// <summary>One job.</summary>
public sealed class Job
{
    public Job(Workflow workflow, Node key, Node node)
    {
        (Workflow, Id, Line, Node) = (workflow, key.Value, key.Line, node);
        Steps = [.. node["steps"].Items.Where(item => item.Kind == NodeKind.Mapping).Select(item => new Step(this, item))];
    }

    public Workflow Workflow { get; }

    public string Id { get; }

    public int Line { get; }

    public Node Node { get; }

    public IReadOnlyList<Step> Steps { get; }

    public string Name => Node["name"].Value is { Length: > 0 } name ? name : Id;

    public IReadOnlyList<string> Needs => Node["needs"].Texts;

    public bool OnWindows => Node["runs-on"].Texts.Any(label => label.Contains("windows", StringComparison.OrdinalIgnoreCase));

    /// <summary>The repository's files are there.</summary>
    public bool ChecksOut => Steps.Any(step => step.Action == "actions/checkout");

    /// <summary>Another repository's files lie where this one's are expected, or none at all.</summary>
    public bool ChecksOutElsewhere => Steps.Any(step => step.Action == "actions/checkout" && (step.With["repository"].Exists || step.With["path"].Exists || step.With["ref"].Exists));

    /// <summary>Whether its condition lets it run for the branch, as far as the condition names branches.</summary>
    public bool MayRunOn(string branch)
    {
        var named = BranchPattern.NamedIn(Node["if"].Value);
        return named.Count == 0 || named.Contains(branch);
    }
}

/// <summary>One step.</summary>
public sealed class Step(Job job, Node node)
{
    public Job Job => job;

    public Node Node => node;

    public int Line => node.Line;

    public string Name => node["name"].Value;

    public Node Uses => node["uses"];

    /// <summary>The action without its version, in lower case as the platform compares it; empty for a script.</summary>
    public string Action { get; } = node["uses"].Value.Split('@')[0].ToLowerInvariant();

    public Node Run => node["run"];

    public Node With => node["with"];

    /// <summary>The step's shell, the job's, the workflow's; empty for the platform's own choice.</summary>
    public string Shell => new[] { node, job.Node.At("defaults", "run"), job.Workflow.Root.At("defaults", "run") }
        .Select(place => place["shell"].Value).FirstOrDefault(shell => shell.Length > 0) ?? "";

    public string WorkingFolder => WorkingFolderNode.Value;

    public int WorkingFolderLine => WorkingFolderNode.Line;

    private Node WorkingFolderNode => new[] { node, job.Node.At("defaults", "run"), job.Workflow.Root.At("defaults", "run") }
        .Select(place => place["working-directory"]).FirstOrDefault(folder => folder.Value.Length > 0) ?? Node.None;
}
