using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Shell;

namespace WasmWizard.Delivery.Checking.Reading;

/// <summary>The images that a repository builds, and under which tags, as far as workflows, scripts and Compose files say so.</summary>
public sealed partial class BuiltImages
{
    private readonly HashSet<string> _references = [];
    private readonly Dictionary<string, List<string>> _rules = [];
    private readonly HashSet<string> _open = [];

    public BuiltImages(Repository repository)
    {
        ArgumentNullException.ThrowIfNull(repository);
        foreach (var command in repository.Scripts.SelectMany(script => script.Commands))
            ReadCommand(command);
        foreach (var step in repository.Workflows.SelectMany(workflow => workflow.Steps))
            ReadStep(step);
        foreach (var image in repository.ComposeFiles.SelectMany(compose => compose.Services).Where(service => service.Value["build"].Exists).Select(service => service.Value["image"].Value).Where(image => image.Length > 0))
            Add(image);
    }

    /// <summary>No workflow, script or Compose file says what it builds.</summary>
    public bool IsEmpty => _references.Count == 0 && _rules.Count == 0;

    /// <summary>Whether an image of that name is built here at all.</summary>
    public bool Knows(string name) => _rules.ContainsKey(name) || _references.Any(reference => NameOf(reference) == name);

    /// <summary>Whether the reference may be one that is built. What is put together in a way that is not understood may be.</summary>
    public bool MayBuild(string reference)
    {
        var name = NameOf(reference);
        if (_open.Contains(name) || _references.Contains(reference) || _references.Any(built => NameOf(built) == name && IsShell(TagOf(built))))
            return true;
        var tag = TagOf(reference);
        return _rules.TryGetValue(name, out var rules) && rules.Exists(rule => Produces(rule, tag));
    }

    /// <summary>What is built under the name, for people.</summary>
    public string TagsOf(string name) => string.Join(", ", _references.Where(reference => NameOf(reference) == name).Concat(_rules.GetValueOrDefault(name) ?? []).Take(6));

    /// <summary>Without tag and digest.</summary>
    public static string NameOf(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var plain = Expression().Replace(reference, match => new string('x', match.Length)).Split('@')[0];
        var colon = plain.LastIndexOf(':');
        return colon > plain.LastIndexOf('/') ? reference[..colon] : reference[..plain.Length];
    }

    private static string TagOf(string reference) => reference.Length > NameOf(reference).Length ? reference[(NameOf(reference).Length + 1)..] : "latest";

    private void ReadCommand(ShellCommand command)
    {
        var words = command.Program;
        if (words is not ["docker" or "podman" or "nerdctl" or "buildah", "build" or "buildx" or "tag" or "image" or "bud", ..])
            return;
        for (var at = 2; at < words.Count; at++)
        {
            if (words[at] is "-t" or "--tag" && at + 1 < words.Count)
                Add(words[at + 1]);
            else if (words[at].StartsWith("--tag=", StringComparison.Ordinal))
                Add(words[at][6..]);
        }

        if (words[1] == "tag" && words.Count > 3)
            Add(words[3]);
    }

    private void ReadStep(Step step)
    {
        if (step.Action.StartsWith("docker/metadata-action", StringComparison.Ordinal))
        {
            foreach (var image in Lines(step.With["images"].Value))
                _rules[image.Replace("name=", "", StringComparison.Ordinal).Split(',')[0]] = [.. Lines(step.With["tags"].Value)];
        }
        else if (step.Action.StartsWith("docker/build-push-action", StringComparison.Ordinal))
        {
            foreach (var tag in step.With["tags"].Value.Split('\n', ',').Select(tag => tag.Trim()).Where(tag => tag.Length > 0 && !tag.StartsWith("${{ steps.", StringComparison.Ordinal)))
                Add(tag);
        }
    }

    private void Add(string reference)
    {
        _references.Add(TagOf(reference) == "latest" ? NameOf(reference) + ":latest" : reference);
        _references.Add(reference);
        if (reference.StartsWith('$'))
            _open.Add(NameOf(reference));
    }

    /// <summary>Whether a rule of docker/metadata-action may give the tag.</summary>
    private static bool Produces(string rule, string tag)
    {
        if (tag.Contains("steps.", StringComparison.Ordinal) || tag.Contains("needs.", StringComparison.Ordinal) || tag.StartsWith('$') && !tag.StartsWith("${{", StringComparison.Ordinal))
            return true;
        var isCommit = Sha().IsMatch(tag);
        if (rule.StartsWith("type=sha", StringComparison.Ordinal))
            return isCommit && rule.Contains("format=long", StringComparison.Ordinal) && rule.Contains("prefix=", StringComparison.Ordinal) && (Bare().IsMatch(rule) == Alone().IsMatch(tag));
        if (rule.StartsWith("type=raw", StringComparison.Ordinal) || !rule.Contains("type=", StringComparison.Ordinal))
            return rule.Contains("value=" + tag, StringComparison.Ordinal) || rule == tag || (rule.Contains("${{", StringComparison.Ordinal) && !isCommit && tag.Contains("${{", StringComparison.Ordinal));
        // Branches, versions, numbers of pull requests: anything but a commit.
        return !isCommit && (tag == "latest" ? rule.Contains("semver", StringComparison.Ordinal) || rule.Contains("tag", StringComparison.Ordinal) : tag.Contains("${{", StringComparison.Ordinal) || rule.Contains("event=branch", StringComparison.Ordinal));
    }

    private static bool IsShell(string tag) => tag.Contains('$', StringComparison.Ordinal) && !tag.Contains("${{", StringComparison.Ordinal);

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);

    [GeneratedRegex(@"\$\{\{[^}]*\}\}")]
    private static partial Regex Expression();

    [GeneratedRegex(@"github\.sha\b|GITHUB_SHA")]
    private static partial Regex Sha();

    [GeneratedRegex(@"^\$\{\{\s*github\.sha\s*\}\}$")]
    private static partial Regex Alone();

    [GeneratedRegex(@"prefix=(,|$)")]
    private static partial Regex Bare();
}
