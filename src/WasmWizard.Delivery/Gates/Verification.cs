using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Evidence;

namespace WasmWizard.Delivery.Gates;

/// <summary>Every gate of one environment, answered: whether a deployment of the subject is allowed and what stands against it.</summary>
/// <param name="Environment">Whose gates these are.</param>
/// <param name="Answers">In the strategy's order, one per rule.</param>
public sealed record Verification(DeploymentEnvironment Environment, IReadOnlyList<GateAnswer> Answers)
{
    public bool Allowed => Answers.All(answer => answer.Clearance != Clearance.Blocks);

    public IEnumerable<GateAnswer> Blocking => Answers.Where(answer => answer.Clearance == Clearance.Blocks);

    /// <summary>Judges each rule by the evidence at hand; absent evidence is Inconclusive.</summary>
    /// <param name="strategy">Names the gates that are only planned.</param>
    /// <param name="environment">Whose rules apply.</param>
    /// <param name="reuse">The recorded answer to each gate, or why it does not count any more.</param>
    public static Verification Of(DeliveryStrategy strategy, DeploymentEnvironment environment, Func<GateRule, EvidenceReuse> reuse) =>
        new(environment, [.. environment.Gates.Select(rule => strategy.Planned.Contains(rule.Gate) ? Planned(environment, rule) : Answer(environment, rule, reuse(rule)))]);

    /// <summary>A planned gate measures nothing. Research deploys past it, so that the first environment can exist; the others refuse.</summary>
    private static GateAnswer Planned(DeploymentEnvironment environment, GateRule rule)
    {
        var result = new GateResult(Verdict.Inconclusive, $"not built; {rule.Demand}", "build the gate and take it off Strategy.Planned");
        var clearance = environment.Name == EnvironmentName.Research || rule.Strength == Strength.Advisory ? Clearance.Shown : Clearance.Blocks;
        return new(rule, result, null, clearance, IsBuilt: false);
    }

    private static GateAnswer Answer(DeploymentEnvironment environment, GateRule rule, EvidenceReuse reuse)
    {
        var (result, evidence) = reuse switch
        {
            EvidenceReuse.Holds holds => (holds.Evidence.Result, holds.Evidence),
            EvidenceReuse.Undecided undecided => (undecided.Evidence.Result, undecided.Evidence),
            EvidenceReuse.Lapsed lapsed => (new GateResult(Verdict.Inconclusive, lapsed.Because, GateCommand(environment, rule)), null),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return new(rule, result, evidence, result.Verdict.Under(rule.Strength), IsBuilt: true);
    }

    private static string GateCommand(DeploymentEnvironment environment, GateRule rule) =>
        $"./build.sh {rule.Gate.Target} --branch {environment.Branch}";
}
