using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Rollouts;

/// <summary>How targets end: what people read, the document that programs read, the exit code.</summary>
public static class Endings
{
    private const int UsageExitCode = 2;

    /// <summary>Ends with 0, or fails the target with the outcome's exit code and text.</summary>
    public static void Conclude(this IWorkspace build, RolloutOutcome outcome)
    {
        var text = OutcomeText.Of(outcome, build.Workspace.Policy.Branch);
        build.FailUnlessZero(ExitCodes.Of(outcome), text.ToString());
        Log.Information("{Outcome:l}", text);
    }

    /// <summary>Shows and publishes the verification; as <c>Verify</c> a blocked branch fails, as <c>Explain</c> it is an answer.</summary>
    public static void ShowVerification(this IWorkspace build, string target, bool enforce)
    {
        var workspace = build.Workspace;
        var verification = workspace.Desk.Verify();
        foreach (var line in VerificationText.Lines(verification, workspace.Began))
            Log.Information("{Line:l}", line);
        EngineSeam.Publish(build, target, VerificationJson.Write(verification, workspace.Policy.Branch, workspace.Checkout.Tree));
        if (enforce && !verification.Allowed)
            build.FailUnlessZero(GateConclusion.GateExitCode, $"{workspace.Policy.Branch}: {string.Join(", ", verification.Blocking.Select(answer => answer.Rule.Gate))} block");
    }

    /// <summary>Every fault at once, before anything is changed.</summary>
    public static void Require(this INukeBuild build, IReadOnlyList<Fault> faults)
    {
        var lines = faults.Select(fault => $"{fault.Id} {fault.Observed}\n  required: {fault.Required}\n  next: {fault.Next}");
        build.FailUnlessZero(faults.Count == 0 ? 0 : UsageExitCode, string.Join("\n\n", lines));
    }

    /// <summary>Ends with 0 and the answer, or as an answer that is other than wanted.</summary>
    public static void Conclude(this INukeBuild build, bool isUnwanted, string answer)
    {
        build.FailUnlessZero(isUnwanted ? GateConclusion.GateExitCode : 0, answer);
        Log.Information("{Answer:l}", answer);
    }

    /// <summary>Fails the target with this exit code and what it says.</summary>
    public static void FailUnlessZero(this INukeBuild build, int exitCode, string message)
    {
        if (exitCode == 0)
            return;
        build.ExitCode = exitCode;
        Assert.Fail(message);
    }
}
