namespace WasmWizard.Delivery.Gates;

/// <summary>How one branch uses one gate.</summary>
/// <param name="Gate">Which gate.</param>
/// <param name="Strength">What its verdict does.</param>
/// <param name="Demand">The requirement in a person's words, printed next to what was observed, e.g. <c>lines >= 85 %</c>.</param>
public sealed record GateRule(GateId Gate, Strength Strength, string Demand)
{
    /// <summary>Numeric threshold where the gate has one: percent for coverage and benchmark; null otherwise.</summary>
    public decimal? Threshold { get; init; }

    /// <summary>Greatest age of the data the gate may judge by; null when the gate measures by itself.</summary>
    public TimeSpan? DataAge { get; init; }
}
