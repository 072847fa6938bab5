using System.Text.RegularExpressions;
using WasmWizard.Delivery.GitHub.Api;
using WasmWizard.Delivery.GitHub.Git;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.GitHub.Backports;

/// <summary>From a commit, wherever it was made, to a branch off production's and a pull request into it.</summary>
/// <param name="clone">A whole clone whose origin can be pushed to.</param>
/// <param name="pulls">The platform's side.</param>
/// <param name="target">Production's branch.</param>
public sealed partial class Hotfix(GitClone clone, PullRequests pulls, string target)
{
    private const int LongestName = 40;

    /// <summary>Nothing is pushed before it is known that the commit can be picked.</summary>
    public async Task<HotfixOutcome> Run(Fix fix, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(fix);
        if (await clone.Find(cancellation, "merge-base", "--is-ancestor", fix.Commit, $"origin/{target}") is not null)
            return new HotfixOutcome.Present(fix);
        await using var bench = await Workbench.At(clone, $"origin/{target}", cancellation);
        switch (await bench.Pick(fix, cancellation))
        {
            case Picked.Nothing:
                return new HotfixOutcome.Present(fix);
            case Picked.Conflict conflict:
                return new HotfixOutcome.Refused(fix, new("WW2311", $"{fix.Brief} does not apply to {target}: {string.Join(", ", conflict.Files)}",
                    $"a commit that applies to {target} as it is", $"git switch -c fix origin/{target}, make the fix there, commit it, and ./build.sh Hotfix"));
        }

        var branch = BranchOf(fix);
        if (await clone.Ask(cancellation, "ls-remote", "--heads", "origin", $"refs/heads/{branch}") is "")
            await bench.Push(branch, cancellation);
        var pull = await pulls.Open(branch, target, fix.Subject, $"Hotfix from {fix.Commit}. After the merge `./build.sh Backport` brings it to the other branch; the next release waits for that.", draft: false, cancellation);
        return new HotfixOutcome.Open(fix, branch, pull);
    }

    /// <summary><c>hotfix/stop-the-leak-1a2b3c4d</c>: what people read, and what keeps two fixes of one title apart.</summary>
    public static string BranchOf(Fix fix)
    {
        ArgumentNullException.ThrowIfNull(fix);
        var words = Other().Replace(fix.Subject.ToLowerInvariant(), "-").Trim('-');
        return $"hotfix/{(words.Length > LongestName ? words[..LongestName].TrimEnd('-') : words)}-{fix.Commit[..8]}".Replace("/-", "/", StringComparison.Ordinal);
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Other();
}

/// <summary>What became of a hotfix.</summary>
public abstract record HotfixOutcome(Fix Fix)
{
    public sealed record Present(Fix Fix) : HotfixOutcome(Fix);

    public sealed record Open(Fix Fix, string Branch, PullRequest Pull) : HotfixOutcome(Fix);

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(Fix Fix, Fault Fault) : HotfixOutcome(Fix);
}
