using System.Text;
using NuGet.Versioning;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.SupplyChain.Debian;
using WasmWizard.Delivery.SupplyChain.Packages;
using WasmWizard.Delivery.SupplyChain.Scan;
using WasmWizard.Delivery.SupplyChain.Tests.Debian;

namespace WasmWizard.Delivery.SupplyChain.Tests.Scan;

/// <summary>An image with two packages of the distribution, one library and one runtime pack.</summary>
internal static class SampleImage
{
    public static ImageContents Contents { get; } = new()
    {
        Image = Digest.Of("image"u8),
        Name = "wasm-wizard",
        Version = "1.2.3",
        Codename = "trixie",
        SystemPackages = DpkgDatabase.Read(
        [
            ("libssl3t64", "Package: libssl3t64\nSource: openssl\nVersion: 3.5.4-1~deb13u2\nArchitecture: amd64\nHomepage: https://openssl.test/\n"u8.ToArray()),
            ("tzdata", "Package: tzdata\nVersion: 2025b-4+deb13u1\nArchitecture: all\n"u8.ToArray()),
        ]),
        ApplicationPackages =
        [
            new("Newtonsoft.Json", NuGetVersion.Parse("13.0.3"), PackageKind.Library, "src/App/App.csproj"),
            new("Microsoft.NETCore.App.Runtime.linux-x64", NuGetVersion.Parse("10.0.1"), PackageKind.Pack, "src/App/App.csproj"),
        ],
    };

    public static ImageContents WithOutdatedLibssl => Contents with
    {
        SystemPackages = DpkgDatabase.Read([("libssl3t64", "Package: libssl3t64\nSource: openssl\nVersion: 3.5.1-1+b1\nArchitecture: amd64\n"u8.ToArray())]),
    };

    public static SecurityIndex Updates { get; } = SecurityIndex.Read(
        SignedRelease.Parse(SigningArchive.Release(SigningArchive.Packages), "InRelease"), Encoding.UTF8.GetBytes(SigningArchive.Packages));
}
