namespace WasmWizard.Delivery.Gates;

/// <summary>A gate's answer with the facts behind it.</summary>
/// <param name="Verdict">The answer.</param>
/// <param name="Reason">One sentence: observed, required.</param>
/// <param name="Fix">The command or change that would turn a "no" into a pass; empty when passed.</param>
public sealed record GateResult(Verdict Verdict, string Reason, string Fix = "")
{
    /// <summary>Numbers worth keeping, by name with the unit in the name, e.g. <c>linesPercent</c> to 91.2.</summary>
    public IReadOnlyDictionary<string, decimal> Measurements { get; init; } = new Dictionary<string, decimal>();
}
