using System.Text;

namespace WasmWizard.Delivery.GitHub.Releases;

/// <summary>What changed since the version before, for people who decide whether to update. Pure: commits in, text out.</summary>
public static class ReleaseNotes
{
    private static readonly (string Title, string[] Types)[] Sections =
    [
        ("Features", ["feat"]),
        ("Fixes", ["fix"]),
        ("Performance", ["perf"]),
        ("Reverted", ["revert"]),
    ];

    // Work on the house that nobody who runs it can notice.
    private static readonly string[] Silent = ["build", "chore", "ci", "docs", "refactor", "style", "test"];

    /// <param name="version">The new one.</param>
    /// <param name="before">The version before; null for the first.</param>
    /// <param name="commits">What lies between, newest first, without merges.</param>
    public static string Of(VersionTag version, VersionTag? before, IReadOnlyList<ConventionalCommit> commits)
    {
        ArgumentNullException.ThrowIfNull(commits);
        var text = new StringBuilder($"# {version}\n");
        text.Append('\n').Append(before is { } last ? $"{Count(commits.Count)} since {last}." : $"The first version, {Count(commits.Count)}.").Append('\n');
        Section(text, "You must act", commits.Where(commit => commit.Breaks is not null).Select(commit => $"- {Scoped(commit, commit.Breaks!)}"));
        foreach (var (title, types) in Sections)
            Section(text, title, commits.Where(commit => types.Contains(commit.Type)).Select(Line));
        Section(text, "Other changes", commits.Where(commit => !Silent.Contains(commit.Type) && !Sections.Any(section => section.Types.Contains(commit.Type))).Select(Line));
        var silent = commits.Count(commit => Silent.Contains(commit.Type));
        if (silent > 0)
            text.Append($"\nAnd {Count(silent)} to build, tests and documents.\n");
        return text.ToString();
    }

    private static string Count(int commits) => commits == 1 ? "1 commit" : $"{commits} commits";

    private static void Section(StringBuilder text, string title, IEnumerable<string> lines)
    {
        var written = lines.ToList();
        if (written.Count > 0)
            text.Append($"\n## {title}\n\n").AppendJoin('\n', written).Append('\n');
    }

    private static string Line(ConventionalCommit commit) => $"- {Scoped(commit, commit.Description)} ({commit.Commit[..8]})";

    // Names of people and issues in a message must not call anybody.
    private static string Scoped(ConventionalCommit commit, string said) => (commit.Scope.Length > 0 ? $"**{commit.Scope}**: " : "") + said.Replace("@", "@\u200B", StringComparison.Ordinal);
}
