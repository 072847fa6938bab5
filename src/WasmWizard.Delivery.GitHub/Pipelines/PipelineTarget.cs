using WasmWizard.Delivery.Gates;

namespace WasmWizard.Delivery.GitHub.Pipelines;

/// <summary>A target of the build as the workflows see it. The build hands over its real graph; this assembly knows no build engine.</summary>
/// <param name="Name">As people type it: <c>VerifyGenerated</c>.</param>
/// <param name="Description">One line for people.</param>
/// <param name="DependsOn">Names of the targets that run before it.</param>
public sealed record PipelineTarget(string Name, string Description, IReadOnlyList<string> DependsOn)
{
    /// <summary>The gates whose evidence the target writes; a target with gates becomes a job where a branch asks for one of them.</summary>
    public IReadOnlyList<GateId> Gates { get; init; } = [];

    /// <summary>Folder, relative to the root, that it leaves for targets behind it; empty for none, as for every gate, which leaves evidence. Such a target becomes a job where one behind it is one.</summary>
    public string Product { get; init; } = "";

    /// <summary>The target signs, so that it runs only inside the job that deploys: no other job holds a key.</summary>
    public bool NeedsKey { get; init; }

    /// <summary>Its product travels from a job of its own to those behind it.</summary>
    public bool HandsOn => this is { Product.Length: > 0, NeedsKey: false, Gates.Count: 0 };

    /// <summary>The target runs programs that a machine of the platform lacks; its job installs them first.</summary>
    public bool NeedsTools { get; init; }

    /// <summary>The target reads commits before the current one, so its job fetches them all.</summary>
    public bool NeedsHistory { get; init; }

    /// <summary>After which its job is ended; whole minutes. Default 20: the whole pipeline is to stay below that on two cores.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(20);
}
