namespace WasmWizard.Delivery.Local.Front.Hosting;

/// <summary>Another front serves the state folder, or is about to.</summary>
public sealed class PlaceTakenException(string message) : Exception(message);
