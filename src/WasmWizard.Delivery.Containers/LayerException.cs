namespace WasmWizard.Delivery.Containers;

/// <summary>A layer or the folder for one is not what it must be; the message names the entry or digest, and nothing was left half-written.</summary>
public sealed class LayerException(string message) : Exception(message);
