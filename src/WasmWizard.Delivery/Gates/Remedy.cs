namespace WasmWizard.Delivery.Gates;

/// <summary>One thing to do about gates that block.</summary>
/// <param name="Gates">Those that it serves.</param>
/// <param name="Action">A command, or the change that the gate asks for.</param>
public sealed record Remedy(IReadOnlyList<GateId> Gates, string Action)
{
    /// <summary>
    /// The smallest set: gates that nobody measured are measured by one command together, and a change that several gates ask for is told once.
    /// Gates that only show are left out; nothing has to be done about them.
    /// </summary>
    public static IReadOnlyList<Remedy> Of(Verification verification)
    {
        var unmeasured = verification.Blocking.Where(answer => answer is { Evidence: null, IsBuilt: true }).Select(answer => answer.Rule.Gate).ToList();
        var others = verification.Blocking.Where(answer => !unmeasured.Contains(answer.Rule.Gate))
            .GroupBy(answer => answer.Result.Fix, answer => answer.Rule.Gate)
            .Select(asked => new Remedy([.. asked], asked.Key));
        return unmeasured.Count == 0 ? [.. others] : [new(unmeasured, Measure(verification, unmeasured)), .. others];
    }

    private static string Measure(Verification verification, List<GateId> unmeasured)
    {
        var targets = unmeasured.Count == verification.Answers.Count ? ["Verify"] : unmeasured.Select(gate => gate.Target).Distinct();
        return $"./build.sh {string.Join(' ', targets)} --branch {verification.Environment.Branch}";
    }

    public override string ToString() => $"{string.Join(", ", Gates)}: {Action}";
}
