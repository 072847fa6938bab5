namespace WasmWizard.Delivery.Testing;

/// <summary>What every port answers to a process that is dead. Whoever catches it can do nothing with it: each further call ends the same way.</summary>
public sealed class ProcessDiedException(string process) : Exception($"{process} is dead.");
