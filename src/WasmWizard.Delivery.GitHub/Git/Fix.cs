namespace WasmWizard.Delivery.GitHub.Git;

/// <summary>One change that a branch took in: a commit of its first-parent line, which for a merge stands for all that came with it.</summary>
/// <param name="Commit">40 hex digits.</param>
/// <param name="Subject">First line of its message.</param>
/// <param name="IsMerge">It has more than one parent.</param>
public sealed record Fix(string Commit, string Subject, bool IsMerge)
{
    public string Brief => Commit[..12];

    /// <summary>Null when the clone has no such commit.</summary>
    public static async Task<Fix?> Find(GitClone clone, string revision, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clone);
        var text = revision.StartsWith('-') ? null : await clone.Find(cancellation, "log", "-1", "--format=%H%x00%P%x00%s", $"{revision}^{{commit}}", "--");
        return text?.Split('\0') is [var commit, var parents, var subject] ? new(commit, subject, parents.Contains(' ', StringComparison.Ordinal)) : null;
    }
}
