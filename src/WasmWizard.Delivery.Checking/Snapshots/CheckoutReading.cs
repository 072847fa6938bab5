using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Checking.Snapshots;

/// <summary>What reading a folder as a checkout gave.</summary>
public abstract record CheckoutReading
{
    private CheckoutReading()
    {
    }

    /// <summary>Its files and branches.</summary>
    public sealed record Read(RepositorySnapshot Snapshot) : CheckoutReading;

    /// <summary>The folder holds no checkout, or git cannot be asked.</summary>
    public sealed record NoCheckout(Fault Fault) : CheckoutReading;
}
