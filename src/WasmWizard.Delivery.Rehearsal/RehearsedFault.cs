using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Rehearsal;

/// <summary>Something that goes wrong while a release is deployed.</summary>
public sealed record RehearsedFault
{
    /// <summary>What <c>--faults</c> takes.</summary>
    public required string Name { get; init; }

    /// <summary>What goes wrong, in a sentence.</summary>
    public required string Story { get; init; }

    /// <summary>How it is survived, in a sentence; told only when it was.</summary>
    public required string Survival { get; init; }

    /// <summary>How the cluster or its API is made to fail, after one release serves and before the next is deployed.</summary>
    public Action<RehearsedCluster, Release, Random> Arrange { get; init; } = (_, _, _) => { };

    /// <summary>The exit code with which the deployment must end.</summary>
    public int ExitCode { get; init; }

    /// <summary>The pipeline is killed at a write that the seed draws, and another one goes on.</summary>
    public bool KillsThePipeline { get; init; }

    /// <summary>The plan is shown first, and the cluster is changed by hand before it is deployed.</summary>
    public bool ChangesAfterPreview { get; init; }
}
