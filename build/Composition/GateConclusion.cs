using WasmWizard.Delivery.Gates;

/// <summary>What a gate's target does with the answer.</summary>
public static class GateConclusion
{
    /// <summary>contracts: a required answer is other than wanted.</summary>
    public const int GateExitCode = 3;

    /// <summary>An explicitly typed gate is always measured; one that is only depended on is not when evidence about it holds.</summary>
    public static bool IsMeasured(this Workspace workspace, bool typed, params GateId[] gates) => !typed && workspace.Desk.Holds(gates);

    /// <summary>Shows each answer; fails the target, with the exit code of gates, when one blocks the branch.</summary>
    public static void Conclude(this IWorkspace build, IReadOnlyDictionary<GateId, GateResult> answers)
    {
        build.ReportSummary(_ => answers.Aggregate(_, (pairs, answer) => pairs.AddPair(answer.Key.ToString(), answer.Value.Verdict)));
        var blocking = answers.Where(answer => build.Workspace.Desk.Announce(answer.Key, answer.Value)).Select(answer => answer.Key).ToList();
        if (blocking.Count == 0)
            return;
        build.ExitCode = GateExitCode;
        Assert.Fail($"{string.Join(" and ", blocking)} would block a deployment from {build.Workspace.Policy.Branch}");
    }
}
