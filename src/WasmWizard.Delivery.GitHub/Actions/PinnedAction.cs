namespace WasmWizard.Delivery.GitHub.Actions;

/// <summary>An action at one exact commit. Only the lock file makes one, so nothing unpinned can be written.</summary>
public sealed record PinnedAction
{
    internal PinnedAction(string name, string version, string sha) => (Name, Version, Sha) = (name, version, sha);

    /// <summary><c>owner/repository</c>, with a path below it where the action lives deeper.</summary>
    public string Name { get; }

    /// <summary>The release that the commit was tagged as, e.g. <c>v7.0.1</c>; for people and for updating.</summary>
    public string Version { get; }

    /// <summary>40 lower-case hex digits.</summary>
    public string Sha { get; }

    /// <summary>What stands behind <c>uses:</c>.</summary>
    public string Reference => $"{Name}@{Sha}";
}
