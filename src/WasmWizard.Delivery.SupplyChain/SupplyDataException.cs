namespace WasmWizard.Delivery.SupplyChain;

/// <summary>Data that an answer depends on cannot be used. Caught by the entry points, which turn it into a verdict.</summary>
public abstract class SupplyDataException(string message, string fix, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What to do about it.</summary>
    public string Fix => fix;
}

/// <summary>The data is there and is not whole or not what it says: an Errored verdict.</summary>
public sealed class CorruptDataException(string message, string fix, Exception? inner = null) : SupplyDataException(message, fix, inner);

/// <summary>There is no data, or nothing to check it with: an Inconclusive verdict.</summary>
public sealed class MissingDataException(string message, string fix, Exception? inner = null) : SupplyDataException(message, fix, inner);
