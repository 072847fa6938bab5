namespace WasmWizard.Delivery.Containers.Oci;

/// <summary>An image, a registry or an engine is not what it must be; the message says which, and nothing was left half-written.</summary>
/// <param name="message">What was observed and required.</param>
/// <param name="fix">What to do about it.</param>
public sealed class ImageException(string message, string fix, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What to do about it.</summary>
    public string Fix => fix;
}
