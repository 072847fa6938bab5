namespace WasmWizard.Delivery.Gates.Tests;

/// <summary>How much of the tests runs.</summary>
public enum TestSuite
{
    /// <summary>Everything but the tests that carry the trait <c>suite=complete</c>: what a quick experiment must not break.</summary>
    Core,

    /// <summary>Every test.</summary>
    Complete,
}
