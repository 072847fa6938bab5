namespace WasmWizard.Delivery.Gates;

/// <summary>What a gate answered. The absence of data is an answer of its own and never a pass.</summary>
public enum Verdict
{
    /// <summary>Measured, and as required.</summary>
    Passed,

    /// <summary>Measured, and not as required.</summary>
    Refused,

    /// <summary>Could not be told: no data, an empty run, stale or foreign data.</summary>
    Inconclusive,

    /// <summary>The gate itself went wrong.</summary>
    Errored,
}
