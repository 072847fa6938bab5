using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Tests;

namespace WasmWizard.Delivery.Environments;

/// <summary>One row of the strategy: a branch, the environment it deploys to and everything that environment demands.</summary>
public sealed record DeploymentEnvironment
{
    public required EnvironmentName Name { get; init; }

    /// <summary>The only branch that deploys here.</summary>
    public required string Branch { get; init; }

    public required SecurityLevel Level { get; init; }

    /// <summary>A moving alias for people, moved after a healthy rollout; deployments go by digest only.</summary>
    public required string ImageTag { get; init; }

    /// <summary>The public address once it is configured; a local target prints its own.</summary>
    public required Uri Url { get; init; }

    /// <summary>Allowed targets, the first is the default.</summary>
    public required IReadOnlyList<TargetKind> Targets { get; init; }

    public required ReviewRule Reviews { get; init; }

    /// <summary>A person must approve the deployment on the platform before its job starts.</summary>
    public required bool NeedsApproval { get; init; }

    public required Scaling Scaling { get; init; }

    /// <summary>Variables of the service that hold no secret, by name.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>Names of the variables that are secrets; their values never pass through the strategy.</summary>
    public required IReadOnlyList<string> Secrets { get; init; }

    /// <summary>One rule per gate that this branch asks for, in the order people read them.</summary>
    public required IReadOnlyList<GateRule> Gates { get; init; }

    /// <summary>The part of the tests that the branch runs.</summary>
    public required TestSuite Suite { get; init; }

    /// <summary>What is promised and when somebody is told.</summary>
    public required MonitoringRule Monitoring { get; init; }

    /// <summary>False where the policy says that no test may be skipped.</summary>
    public bool AllowsSkippedTests { get; init; } = true;

    /// <summary>Releases kept for rollback, the serving one included; 2 or more.</summary>
    public int KeptReleases { get; init; } = 5;

    /// <summary>The lower-case word of contracts.md: production, staging, research.</summary>
    public string Word => Name.ToString().ToLowerInvariant();
}
