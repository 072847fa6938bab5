namespace WasmWizard.Service.Executions;

/// <summary>Unwinds a guest from inside a host call. Wasmtime turns it into a trap; the reason is read from the guest's state, never from this.</summary>
internal sealed class GuestStopException() : Exception("The guest was stopped by the host.");
