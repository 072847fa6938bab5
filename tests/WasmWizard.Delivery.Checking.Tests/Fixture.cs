using WasmWizard.Delivery.Checking.Snapshots;

namespace WasmWizard.Delivery.Checking.Tests;

/// <summary>
/// A pair of small repositories in one text: one that breaks a rule, and one that keeps it. Lines before the first section say what is found
/// (<c>finds path:line</c>) and which branches exist (<c>branches a b</c>); <c>=== broken path</c>, <c>=== clean path</c> and
/// <c>=== both path</c> begin a file.
/// </summary>
internal sealed class Fixture
{
    private readonly List<(string Side, string Path, List<string> Lines)> _files = [];
    private readonly HashSet<string> _branches = [];

    private Fixture(string rule, IEnumerable<string> lines)
    {
        Rule = rule;
        foreach (var line in lines)
        {
            if (line.StartsWith("=== ", StringComparison.Ordinal))
            {
                var words = line.Split(' ', 3);
                _files.Add((words[1], words[2], []));
            }
            else if (_files.Count > 0)
                _files[^1].Lines.Add(line);
            else if (line.StartsWith("finds ", StringComparison.Ordinal))
                Finds.Add(line["finds ".Length..]);
            else if (line.StartsWith("branches ", StringComparison.Ordinal))
                _branches.UnionWith(line.Split(' ').Skip(1));
        }
    }

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    public string Rule { get; }

    public List<string> Finds { get; } = [];

    public RepositorySnapshot Broken => Side("broken");

    public RepositorySnapshot Clean => Side("clean");

    /// <summary>By the name of its file: the rule, and behind a dash what is special.</summary>
    public static Fixture Read(string name) => new(name.Split('-')[0], File.ReadAllLines(Path.Combine(Folder, name + ".txt")));

    private RepositorySnapshot Side(string side) => new(
        _files.Where(file => file.Side == side || file.Side == "both").Select(file => new SourceFile(file.Path, string.Join('\n', file.Lines) + "\n")),
        _branches.Count == 0 ? BranchFacts.Unknown : new(_branches, AreComplete: true));
}
