namespace WasmWizard.Delivery.Environments;

/// <summary>What a deployment's preconditions are judged by; gathered without changing anything.</summary>
/// <param name="Asked">The parameter <c>--on</c>; null means the environment's first target.</param>
/// <param name="Built">Kinds of target that this build can deploy to.</param>
/// <param name="TreeIsClean">No uncommitted or untracked file.</param>
/// <param name="ReachableFromBranch">HEAD is reachable from the remote's branch, or from the local one when there is no remote.</param>
public sealed record DeployFacts(TargetKind? Asked, IReadOnlySet<TargetKind> Built, bool TreeIsClean, bool ReachableFromBranch);
