namespace WasmWizard.Delivery.Environments;

/// <summary>The kind of infrastructure an environment runs on; <c>--on</c> chooses among those that the strategy lists.</summary>
public enum TargetKind
{
    Kubernetes,
    Compose,
    Local,
}
