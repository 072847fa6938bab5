namespace WasmWizard.Delivery.Rollouts;

/// <summary>What executing a list of steps gave.</summary>
/// <param name="Failure">The step that ended it; null when all went through.</param>
/// <param name="Tolerated">What went wrong without ending it.</param>
/// <param name="Acted">At least one step was begun, so the world may have changed.</param>
internal sealed record StepRun(StepFailure? Failure, IReadOnlyList<ToleratedFailure> Tolerated, bool Acted);
