using CliWrap.Buffered;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.GitHub.Git;

/// <summary>What a clone must be before branches are compared in it.</summary>
public static class CloneFacts
{
    /// <summary>Fetches the branches and lists what is missing, all at once; empty when everything is there.</summary>
    public static async Task<IReadOnlyList<Fault>> Prepare(GitClone clone, IReadOnlyList<string> branches, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clone);
        ArgumentNullException.ThrowIfNull(branches);
        if (await clone.Find(cancellation, "rev-parse", "--git-dir") is null)
            return [new("WW2301", $"{clone.Folder} is no clone", "a git clone of the repository", "git clone URL")];
        if (await clone.Find(cancellation, "remote", "get-url", "origin") is null)
            return [new("WW2302", "the clone has no remote 'origin'", "a remote whose branches can be compared", "git remote add origin URL")];
        List<Fault> faults = [];
        if (await clone.Ask(cancellation, "rev-parse", "--is-shallow-repository") == "true")
            faults.Add(new("WW2303", "the clone is shallow: commits before its edge are not there", "the whole history, because branches are compared by it", "git fetch --unshallow origin"));
        // One journey for all; which of them is missing is asked only when one is.
        if ((await Fetch(clone, branches, cancellation)).ExitCode == 0)
            return faults;
        foreach (var branch in branches)
        {
            var fetched = await Fetch(clone, [branch], cancellation);
            if (fetched.ExitCode != 0)
                faults.Add(new("WW2304", $"origin has no branch {branch}, or cannot be reached: {fetched.StandardError.Trim()}", $"the branch {branch} on origin", $"git ls-remote --heads origin {branch}"));
        }

        return faults;
    }

    /// <summary>
    /// What is missing before GitVersion is asked: it counts by the rules of the branch that is checked out, and says another version on a
    /// detached head or on another branch of the same commit.
    /// </summary>
    public static async Task<IReadOnlyList<Fault>> StandsOn(GitClone clone, string branch, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clone);
        var here = await clone.Find(cancellation, "symbolic-ref", "--quiet", "--short", "HEAD");
        return here == branch ? [] : [new("WW2305", $"{here ?? "no branch"} is checked out", $"{branch}, by whose rules the commits say the next version, or a version that is typed", $"git switch {branch}")];
    }

    private static Task<BufferedCommandResult> Fetch(GitClone clone, IReadOnlyList<string> branches, CancellationToken cancellation) =>
        clone.Try(cancellation, ["fetch", "--quiet", "origin", .. branches.Select(branch => $"+refs/heads/{branch}:refs/remotes/origin/{branch}")]);
}
