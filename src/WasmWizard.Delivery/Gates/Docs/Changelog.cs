namespace WasmWizard.Delivery.Gates.Docs;

/// <summary>
/// What users read about changes: <c>CHANGELOG.md</c> with a section <c>## Unreleased</c> whose entries are list items. A change that users
/// notice adds one.
/// </summary>
public static class Changelog
{
    public const string Path = "CHANGELOG.md";

    private const string Unreleased = "## Unreleased";

    /// <summary>Folders whose files people see, call or configure; everything else is how it is made.</summary>
    private static readonly string[] VisibleFolders = ["src/WasmWizard.Service/", "build/Targets/", "k8s/", "monitoring/"];

    private static readonly string[] VisibleFiles = ["build.sh", "build.ps1", "build.cmd", "build/Strategy.cs"];

    /// <summary>Whether a change of this file is one that users notice.</summary>
    public static bool IsVisible(string path) =>
        VisibleFiles.Contains(path)
        || (path.StartsWith("docker-compose", StringComparison.Ordinal) && !path.Contains('/', StringComparison.Ordinal))
        || (VisibleFolders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)) && !path.EndsWith(".md", StringComparison.Ordinal));

    /// <summary>Items under Unreleased; null when there is no such section.</summary>
    public static IReadOnlyList<string>? Entries(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).ToList();
        var start = lines.IndexOf(Unreleased);
        return start < 0 ? null : [.. lines.Skip(start + 1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)).Where(line => line.StartsWith("- ", StringComparison.Ordinal) && line.Length > 3)];
    }

    /// <param name="now">The file; null when there is none.</param>
    /// <param name="based">The file at the base; null when it had none.</param>
    /// <param name="changed">Paths that differ from the base; null when there is no base to compare with.</param>
    internal static IEnumerable<DocsFinding> Findings(string? now, string? based, IReadOnlyList<string>? changed)
    {
        if (now is null || Entries(now) is not { } entries)
        {
            yield return new("changelog", Path, 0, $"there is no section '{Unreleased}'", "add it, with one item per change that users notice");
            yield break;
        }

        var visible = (changed ?? []).Where(IsVisible).ToList();
        var added = entries.Except(Entries(based ?? "") ?? []).Except((based ?? "").ReplaceLineEndings("\n").Split('\n'));
        if (visible.Count > 0 && !added.Any())
            yield return new("changelog", Path, 0, $"{visible.Count} changed files are visible to users, {visible[0]} first, and '{Unreleased}' has no new item", "add '- what changed for whom' there");
    }
}
