namespace WasmWizard.Delivery.Releases;

/// <summary>
/// What is deployed, rolled back and promoted as one thing; immutable. Two releases with the same <see cref="Id"/> behave the same:
/// the id covers the bytes, the configuration and the migrations, not the version, commit or time.
/// </summary>
public sealed record Release
{
    /// <summary>A name for people: the version when tagged, else <c>0.0.0-&lt;branch&gt;.&lt;short commit&gt;</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Full commit hash; with <c>-dirty</c> appended when the tree had uncommitted changes.</summary>
    public required string Commit { get; init; }

    /// <summary>Git tree hash of the very files that were built, uncommitted changes included.</summary>
    public required string Tree { get; init; }

    /// <summary>The app layer for the local target, the image for all others.</summary>
    public required Digest Digest { get; init; }

    /// <summary>Hash over the service's variables (names and non-secret values).</summary>
    public required Digest Config { get; init; }

    /// <summary>Variables that the release runs with; secrets are absent.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>Ids of the migrations that the release brings, in order, e.g. <c>0001_initial</c>.</summary>
    public required IReadOnlyList<string> Migrations { get; init; }

    /// <summary>First 12 hex digits of a hash over digest, config and migrations; what people type after <c>--to</c>.</summary>
    public ReleaseId Id => ReleaseId.Of(Digest, Config, Migrations);

    public bool Equals(Release? other) =>
        other is not null && Id == other.Id && Version == other.Version && Commit == other.Commit && Tree == other.Tree;

    public override int GetHashCode() => HashCode.Combine(Id, Version, Commit, Tree);
}
