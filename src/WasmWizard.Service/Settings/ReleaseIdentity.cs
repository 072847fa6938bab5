namespace WasmWizard.Service.Settings;

/// <summary>The release as the deployment names it. It travels as environment, never in the bytes, which depend on the tree alone.</summary>
public sealed record ReleaseIdentity(string Version, string Commit, string Digest)
{
    /// <summary>What is shown for a part that the deployment did not name.</summary>
    public const string Unknown = "unknown";
}
