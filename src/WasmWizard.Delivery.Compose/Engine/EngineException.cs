namespace WasmWizard.Delivery.Compose.Engine;

/// <summary>The engine did not do what it was asked.</summary>
/// <param name="status">HTTP status of its answer; 0 when it did not answer.</param>
public sealed class EngineException(string message, int status = 0, Exception? inner = null) : Exception(message, inner)
{
    public int Status { get; } = status;
}
