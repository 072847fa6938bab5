using System.Text.RegularExpressions;
using WasmWizard.Delivery.GitHub.Git;

namespace WasmWizard.Delivery.GitHub.Backports;

/// <summary>
/// Holds every change that one branch took in since both were one against the other branch. Commits are compared by what they change
/// (git's patch id), never by their message alone; a resolved conflict counts by the note that picking leaves in its commit.
/// </summary>
/// <param name="clone">A whole clone.</param>
/// <param name="source">The branch whose changes are looked for.</param>
/// <param name="target">The branch on which they must be.</param>
public sealed partial class FixComparison(GitClone clone, string source, string target)
{
    private const string FirstParent = "--diff-merges=first-parent";

    /// <summary>In the order in which the source took them in.</summary>
    public async Task<IReadOnlyList<FixProof>> All(CancellationToken cancellation)
    {
        var units = (await clone.Lines(cancellation, "log", "--first-parent", "--reverse", "--format=%H%x00%P%x00%s", $"{target}..{source}"))
            .Select(line => line.Split('\0')).Select(words => (Fix: new Fix(words[0], words[2], words[1].Contains(' ', StringComparison.Ordinal)), Parent: words[1].Split(' ')[0])).ToList();
        if (units.Count == 0)
            return [];
        // A fix may have been on the target before the source took it in, and both may have been merged since.
        string[] range = units[0].Parent.Length > 0 ? [$"{units[0].Parent}..{target}"] : [target];
        var known = await Known(range, cancellation);
        var noted = await Noted(range, cancellation);
        var changes = await clone.PatchIds(cancellation, "--first-parent", FirstParent, $"{target}..{source}");
        List<FixProof> proofs = [];
        foreach (var (fix, _) in units)
            proofs.Add(new(fix, ByNote(fix.Commit, noted) ?? ByChange(fix.Commit, changes, known) ?? (fix.IsMerge ? await ByParts(fix, known, noted, cancellation) : null)));
        return await WithoutEmpty(proofs, cancellation);
    }

    private async Task<Dictionary<string, string>> Known(string[] range, CancellationToken cancellation)
    {
        var single = await clone.PatchIds(cancellation, ["--no-merges", .. range]);
        var merges = await clone.PatchIds(cancellation, ["--merges", "--first-parent", FirstParent, .. range]);
        return single.Concat(merges).GroupBy(pair => pair.Value).ToDictionary(same => same.Key, same => same.First().Key);
    }

    private async Task<Dictionary<string, string>> Noted(string[] range, CancellationToken cancellation)
    {
        var noted = new Dictionary<string, string>();
        foreach (var entry in (await clone.Ask(cancellation, ["log", "--format=%H%x00%B%x01", .. range])).Split('\u0001', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = entry.Split('\0');
            foreach (Match note in Note().Matches(words[1]))
                noted[note.Groups[1].Value] = words[0];
        }

        return noted;
    }

    private static string? ByNote(string commit, Dictionary<string, string> noted) =>
        noted.TryGetValue(commit, out var there) ? $"picked as {there[..12]}" : null;

    private static string? ByChange(string commit, IReadOnlyDictionary<string, string> changes, Dictionary<string, string> known) =>
        !changes.TryGetValue(commit, out var change) ? "changes nothing" : known.TryGetValue(change, out var there) ? $"the same change as {there[..12]}" : null;

    // A merge is there when everything that came with it is.
    private async Task<string?> ByParts(Fix merge, Dictionary<string, string> known, Dictionary<string, string> noted, CancellationToken cancellation)
    {
        string[] side = ["--no-merges", merge.Commit, $"^{merge.Commit}^1", $"^{target}"];
        var parts = await clone.Lines(cancellation, ["rev-list", .. side]);
        if (parts.Count == 0)
            return $"merged from {target}";
        var changes = await clone.PatchIds(cancellation, side);
        return parts.All(part => ByNote(part, noted) is not null || ByChange(part, changes, known) is not null) ? $"all {parts.Count} commits of it are there" : null;
    }

    // The last question, because it is the slowest: would picking it change anything?
    private async Task<IReadOnlyList<FixProof>> WithoutEmpty(List<FixProof> proofs, CancellationToken cancellation)
    {
        if (proofs.All(proof => proof.IsThere))
            return proofs;
        await using var bench = await Workbench.At(clone, target, cancellation);
        for (var at = 0; at < proofs.Count; at++)
        {
            if (!proofs[at].IsThere && await bench.Pick(proofs[at].Fix, cancellation) is Picked.Nothing)
                proofs[at] = proofs[at] with { Proof = "picking it changes nothing" };
            await bench.Reset(target, cancellation);
        }

        return proofs;
    }

    [GeneratedRegex(@"^\(cherry picked from commit ([0-9a-f]{40})\)", RegexOptions.Multiline)]
    private static partial Regex Note();
}
