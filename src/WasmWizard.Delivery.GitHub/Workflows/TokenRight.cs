namespace WasmWizard.Delivery.GitHub.Workflows;

/// <summary>What a job's token may do. A workflow's own list is always empty, so that each job names what it needs.</summary>
public enum TokenRight
{
    /// <summary>Read the repository, as a checkout does.</summary>
    ReadContents,

    /// <summary>Write tags, branches and releases; reading is included.</summary>
    WriteContents,

    /// <summary>See what was deployed where.</summary>
    ReadDeployments,

    /// <summary>Show findings beside the code.</summary>
    WriteSecurityEvents,

    /// <summary>Push images to the platform's registry.</summary>
    WritePackages,

    /// <summary>Prove to others which job of which repository asks, instead of holding a key of theirs.</summary>
    WriteIdToken,
}
