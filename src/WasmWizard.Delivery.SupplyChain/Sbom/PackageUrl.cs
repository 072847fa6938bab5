using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.SupplyChain.Debian;
using WasmWizard.Delivery.SupplyChain.Packages;

namespace WasmWizard.Delivery.SupplyChain.Sbom;

/// <summary>Names of packages across ecosystems (github.com/package-url/purl-spec).</summary>
public static class PackageUrl
{
    /// <summary>E.g. <c>pkg:deb/debian/libssl3t64@3.5.4-1~deb13u2?arch=amd64&amp;distro=trixie</c>.</summary>
    public static string Of(DpkgRecord record, string codename) =>
        $"pkg:deb/debian/{Escape(record.Package)}@{Escape(record.Version.ToString())}?arch={Escape(record.Architecture)}&distro={Escape(codename)}";

    /// <summary>E.g. <c>pkg:nuget/Newtonsoft.Json@13.0.3</c>.</summary>
    public static string Of(ResolvedPackage package) => $"pkg:nuget/{Escape(package.Name)}@{Escape(package.Version.ToNormalizedString())}";

    /// <summary>E.g. <c>pkg:oci/wasm-wizard@sha256%3A…</c>.</summary>
    public static string Of(string image, Digest digest) => $"pkg:oci/{Escape(image.Split('/')[^1].ToLowerInvariant())}@{Escape(digest.ToString())}";

    private static string Escape(string text) => Uri.EscapeDataString(text);
}
