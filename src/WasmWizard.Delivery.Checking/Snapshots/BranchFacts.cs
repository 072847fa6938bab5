namespace WasmWizard.Delivery.Checking.Snapshots;

/// <summary>What is known about a repository's branches.</summary>
/// <param name="Names">Local ones and those of the remote, without its name.</param>
/// <param name="AreComplete">Whether a name that is missing does not exist; a shallow clone or one of a single branch cannot tell.</param>
public sealed record BranchFacts(IReadOnlySet<string> Names, bool AreComplete)
{
    public static BranchFacts Unknown { get; } = new(new HashSet<string>(), AreComplete: false);
}
