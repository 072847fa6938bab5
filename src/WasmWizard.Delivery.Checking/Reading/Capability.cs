namespace WasmWizard.Delivery.Checking.Reading;

/// <summary>What a command, an action or a promise is about.</summary>
public enum Capability
{
    Audit,
    Format,
    Tests,
    Coverage,
    Scan,
    Benchmark,
    Docs,
    Integration,
    Backup,
    Deploy,
}
