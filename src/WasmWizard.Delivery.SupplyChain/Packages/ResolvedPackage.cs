using NuGet.Versioning;

namespace WasmWizard.Delivery.SupplyChain.Packages;

/// <summary>One package in one version, as a restore resolved it.</summary>
/// <param name="Name">As NuGet spells it; compared without regard to case.</param>
/// <param name="Version">The resolved version.</param>
/// <param name="Kind">Whether NuGet's own audit looks at it.</param>
/// <param name="Where">The project that brings it, relative to the repository where possible.</param>
public sealed record ResolvedPackage(string Name, NuGetVersion Version, PackageKind Kind, string Where);

/// <summary>How a package gets into the application.</summary>
public enum PackageKind
{
    /// <summary>Referenced, directly or not; audited by NuGet.</summary>
    Library,

    /// <summary>The runtime, a host or a reference pack that the SDK downloads; NuGet's audit passes over these.</summary>
    Pack,
}
