namespace WasmWizard.Delivery.Rehearsal;

/// <summary>How one fault was met.</summary>
/// <param name="Outcome">What the pipeline told at its end.</param>
/// <param name="ExitCode">With which it would have ended.</param>
/// <param name="Timeline">What happened, by the cluster's time since the deployment began.</param>
/// <param name="LeastServing">Ready pods in the worst moment.</param>
/// <param name="Answered">Requests of users in the meantime that a pod was there for.</param>
/// <param name="Unanswered">Those that none was there for.</param>
/// <param name="Faults">Writes that the API failed.</param>
/// <param name="ApiRequests">Requests of the pipeline to the API, those of the release before among them.</param>
/// <param name="Lacks">What is not as it must be; empty when the fault was survived.</param>
public sealed record RehearsalResult(
    RehearsedFault Fault,
    string Outcome,
    int ExitCode,
    IReadOnlyList<RehearsalMoment> Timeline,
    int LeastServing,
    long Answered,
    long Unanswered,
    int Faults,
    int ApiRequests,
    IReadOnlyList<string> Lacks)
{
    public bool IsSurvived => Lacks.Count == 0;

    /// <summary>By the cluster's clock.</summary>
    public TimeSpan Took => Timeline.Count == 0 ? TimeSpan.Zero : Timeline[^1].At;
}

/// <param name="At">Since the deployment began, by the cluster's clock.</param>
/// <param name="Kind">plain, bad, good.</param>
public sealed record RehearsalMoment(TimeSpan At, string Kind, string Text);
