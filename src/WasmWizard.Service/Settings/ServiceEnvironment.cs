namespace WasmWizard.Service.Settings;

/// <summary>Which of the strategy's environments this process belongs to; ENVIRONMENT=development is research.</summary>
public enum ServiceEnvironment
{
    Research,
    Staging,
    Production,
}
