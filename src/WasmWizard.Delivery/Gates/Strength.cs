namespace WasmWizard.Delivery.Gates;

/// <summary>What a verdict does to a deployment.</summary>
public enum Strength
{
    /// <summary>Measured, shown, recorded; never blocks.</summary>
    Advisory,

    /// <summary>Refused and Errored block; Inconclusive is shown.</summary>
    Guarded,

    /// <summary>Only Passed goes through.</summary>
    Required,
}
