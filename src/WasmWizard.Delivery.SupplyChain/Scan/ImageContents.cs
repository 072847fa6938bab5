using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.SupplyChain.Debian;
using WasmWizard.Delivery.SupplyChain.Packages;

namespace WasmWizard.Delivery.SupplyChain.Scan;

/// <summary>What is in an image, as far as its vulnerabilities and its bill of materials are concerned.</summary>
public sealed record ImageContents
{
    /// <summary>The image that this is about.</summary>
    public required Digest Image { get; init; }

    /// <summary>The name without tag, e.g. <c>wasm-wizard</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The release's version.</summary>
    public required string Version { get; init; }

    /// <summary>Debian's codename of the base, e.g. <c>trixie</c>.</summary>
    public required string Codename { get; init; }

    /// <summary>From <c>var/lib/dpkg</c>; see <see cref="DpkgDatabase"/>.</summary>
    public required IReadOnlyList<DpkgRecord> SystemPackages { get; init; }

    /// <summary>NuGet packages and runtime packs whose files are in the image; see <see cref="AssetsFile"/>.</summary>
    public required IReadOnlyList<ResolvedPackage> ApplicationPackages { get; init; }
}
