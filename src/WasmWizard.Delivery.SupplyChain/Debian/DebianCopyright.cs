namespace WasmWizard.Delivery.SupplyChain.Debian;

/// <summary>Reads the licences of a package from its <c>usr/share/doc/&lt;package&gt;/copyright</c>, where that is in the machine-readable form (DEP-5).</summary>
public static class DebianCopyright
{
    /// <returns>Debian's short names, e.g. <c>Apache-2.0</c>, sorted; empty for a file in free text.</returns>
    public static IReadOnlyList<string> Licences(string text)
    {
        if (!text.StartsWith("Format:", StringComparison.Ordinal))
            return [];
        return
        [
            .. text.Split('\n')
                .Where(line => line.StartsWith("License:", StringComparison.Ordinal))
                .Select(line => line["License:".Length..].Trim())
                .Where(name => name.Length > 0)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }
}
