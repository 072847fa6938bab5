namespace WasmWizard.Delivery.Gates;

/// <summary>What a verdict means under a strength.</summary>
public enum Clearance
{
    /// <summary>Goes through.</summary>
    Clear,

    /// <summary>Goes through and is pointed out.</summary>
    Shown,

    /// <summary>Stops the deployment.</summary>
    Blocks,
}

/// <summary>The whole of the gate policy in one table; policy.md words it.</summary>
public static class ClearanceRules
{
    public static Clearance Under(this Verdict verdict, Strength strength) => (strength, verdict) switch
    {
        (_, Verdict.Passed) => Clearance.Clear,
        (Strength.Required, _) => Clearance.Blocks,
        (Strength.Guarded, Verdict.Inconclusive) => Clearance.Shown,
        (Strength.Guarded, _) => Clearance.Blocks,
        _ => Clearance.Shown,
    };
}
