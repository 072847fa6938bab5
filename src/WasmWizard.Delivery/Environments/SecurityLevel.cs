namespace WasmWizard.Delivery.Environments;

/// <summary>How much a branch asks of a change before it may deploy; the words are the strategy's.</summary>
public enum SecurityLevel
{
    Moderate,
    High,
    Maximum,
}
