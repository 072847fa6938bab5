namespace WasmWizard.Delivery.Environments;

/// <summary>The three places a release can live. The value is what people type and what <c>Status</c> prints.</summary>
public enum EnvironmentName
{
    Production,
    Staging,
    Research,
}
