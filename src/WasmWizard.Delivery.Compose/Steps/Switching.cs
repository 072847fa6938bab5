namespace WasmWizard.Delivery.Compose.Steps;

/// <summary>What the steps of one rollout tell each other.</summary>
internal sealed class Switching
{
    /// <summary>Requests were switched in this run.</summary>
    public bool TookOver { get; set; }
}
