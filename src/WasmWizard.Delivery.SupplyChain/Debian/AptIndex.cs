namespace WasmWizard.Delivery.SupplyChain.Debian;

/// <summary>Has apt fetch the security index of a release into a folder.</summary>
/// <param name="folder">For apt's files; nothing outside of it changes.</param>
/// <param name="keyring">The keys of the distribution's archive.</param>
/// <param name="mirror">Null for the machine's.</param>
public sealed class AptIndex(string folder, string keyring, string? mirror = null)
{
    /// <param name="codename">The release, e.g. <c>trixie</c>.</param>
    /// <param name="cancellation">Ends the fetch.</param>
    /// <returns>The signed head's file and the uncompressed package index.</returns>
    /// <exception cref="MissingDataException">There is no apt, no mirror of security updates in its configuration, or the mirror cannot be reached.</exception>
    public async Task<(string Head, byte[] Body)> FetchAsync(string codename, CancellationToken cancellation)
    {
        var apt = new AptFolder(folder, keyring);
        var mirrors = await apt.MirrorsAsync(mirror, cancellation);
        return (await apt.UpdateAsync([(mirrors.Security, $"{codename}-security")], cancellation))[0];
    }
}
