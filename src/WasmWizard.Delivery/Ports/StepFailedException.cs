namespace WasmWizard.Delivery.Ports;

/// <summary>A step could not be done. The message says what was observed, what was required and what follows from it.</summary>
public sealed class StepFailedException(string message, Exception? inner = null) : Exception(message, inner);
