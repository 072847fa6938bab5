namespace WasmWizard.Delivery.Postgres.Archives;

/// <summary>An archive or its key is not what it must be; the message says what was found and what is required.</summary>
public sealed class ArchiveException(string message, Exception? inner = null) : Exception(message, inner);
