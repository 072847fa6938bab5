using WasmWizard.Delivery.GitHub.Api;
using WasmWizard.Delivery.GitHub.Git;

namespace WasmWizard.Delivery.GitHub.Backports;

/// <summary>Brings what a branch lacks to it: one branch and one pull request per fix, as a draft where a person must decide.</summary>
/// <param name="clone">A whole clone whose origin can be pushed to.</param>
/// <param name="pulls">The platform's side.</param>
/// <param name="target">The branch that must have every fix.</param>
public sealed class Backporting(GitClone clone, PullRequests pulls, string target)
{
    /// <param name="missing">Fixes without proof, oldest first.</param>
    /// <param name="cancellation">Ends it between two fixes.</param>
    public async Task<IReadOnlyList<BackportOutcome>> Run(IEnumerable<Fix> missing, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(missing);
        List<BackportOutcome> outcomes = [];
        foreach (var fix in missing)
            outcomes.Add(await Run(fix, cancellation));
        return outcomes;
    }

    private async Task<BackportOutcome> Run(Fix fix, CancellationToken cancellation)
    {
        var branch = $"backport/{fix.Brief}";
        if (await pulls.Find(branch, target, cancellation) is { } open)
            return new BackportOutcome.Open(fix, open, []);
        await using var bench = await Workbench.At(clone, $"origin/{target}", cancellation);
        var picked = await bench.Pick(fix, cancellation);
        if (picked is Picked.Nothing)
            return new BackportOutcome.Present(fix);
        var conflicts = (picked as Picked.Conflict)?.Files ?? [];
        if (conflicts.Count > 0)
            await bench.CommitConflict(cancellation);
        // A branch that an interrupted run left is the same commit, or one that a person worked on: it is kept.
        if (await clone.Ask(cancellation, "ls-remote", "--heads", "origin", $"refs/heads/{branch}") is "")
            await bench.Push(branch, cancellation);
        var pull = await pulls.Open(branch, target, $"Backport: {fix.Subject}", Body(fix, conflicts), draft: conflicts.Count > 0, cancellation);
        if (!pull.IsDraft)
            await pulls.MergeWhenAllowed(pull, cancellation);
        return new BackportOutcome.Open(fix, pull, conflicts);
    }

    private string Body(Fix fix, IReadOnlyList<string> conflicts)
    {
        List<string> lines = [$"Brings {fix.Commit} to {target}. The next release waits until it is there."];
        if (conflicts.Count > 0)
        {
            lines.AddRange(["", "Picking it met conflicts, which are committed here as they stand:", ""]);
            lines.AddRange(conflicts.Select(file => $"- `{file}`"));
            lines.AddRange(["", $"Resolve them on this branch (`git fetch origin && git switch backport/{fix.Brief}`), keep the note `(cherry picked from commit {fix.Commit})` in the message, and mark the pull request as ready."]);
        }

        return string.Join('\n', lines);
    }
}

/// <summary>What became of one fix.</summary>
public abstract record BackportOutcome(Fix Fix)
{
    /// <summary>Its change was there already.</summary>
    public sealed record Present(Fix Fix) : BackportOutcome(Fix)
    {
        public override string ToString() => $"{Fix.Brief} {Fix.Subject}: already there";
    }

    /// <summary>A pull request waits for review, or as a draft for somebody who resolves the conflicts.</summary>
    public sealed record Open(Fix Fix, PullRequest Pull, IReadOnlyList<string> Conflicts) : BackportOutcome(Fix)
    {
        public override string ToString() => $"{Fix.Brief} {Fix.Subject}: {Pull.Url}{(Pull.IsDraft ? $" (draft; conflicts in {string.Join(", ", Conflicts)})" : "")}";
    }
}
