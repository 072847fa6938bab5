using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.SupplyChain.Debian;
using WasmWizard.Delivery.SupplyChain.Packages;
using WasmWizard.Delivery.SupplyChain.Scan;

namespace WasmWizard.Delivery.SupplyChain.Sbom;

/// <summary>
/// The bill of materials of an image as CycloneDX 1.6 JSON. It bears no time and its serial number comes from the image's digest, so that the
/// same image gives the same bytes.
/// </summary>
public static class CycloneDxDocument
{
    private const string ImageReference = "image";

    /// <param name="image">What is in it.</param>
    /// <param name="packageFolders">Where licences and hashes of NuGet packages are looked up, e.g. <c>~/.nuget/packages</c>; may be empty.</param>
    public static string Write(ImageContents image, IReadOnlyList<string> packageFolders)
    {
        JsonObject[] components =
        [
            OperatingSystem(image),
            .. image.SystemPackages.Select(record => System(record, image.Codename)),
            .. image.ApplicationPackages
                .DistinctBy(PackageUrl.Of)
                .OrderBy(package => package.Name, StringComparer.OrdinalIgnoreCase)
                .ThenBy(package => package.Version)
                .Select(package => Application(package, PackageFacts.Find(packageFolders, package))),
        ];
        var references = components.Select(component => (JsonNode)component["bom-ref"]!.GetValue<string>()).ToArray();
        return new JsonObject
        {
            ["$schema"] = "http://cyclonedx.org/schema/bom-1.6.schema.json",
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["serialNumber"] = $"urn:uuid:{SerialNumber(image)}",
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["tools"] = new JsonObject { ["components"] = new JsonArray(new JsonObject { ["type"] = "application", ["name"] = "Wasm Wizard Delivery" }) },
                ["component"] = new JsonObject
                {
                    ["type"] = "container",
                    ["bom-ref"] = ImageReference,
                    ["name"] = image.Name,
                    ["version"] = image.Version,
                    ["hashes"] = Hashes("SHA-256", image.Image.Hex),
                    ["purl"] = PackageUrl.Of(image.Name, image.Image),
                },
            },
            ["components"] = new JsonArray([.. components]),
            ["dependencies"] = new JsonArray(new JsonObject { ["ref"] = ImageReference, ["dependsOn"] = new JsonArray(references) }),
        }.ToJsonString(new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
    }

    private static JsonObject OperatingSystem(ImageContents image) => new()
    {
        ["type"] = "operating-system",
        ["bom-ref"] = "operating-system",
        ["name"] = "debian",
        ["version"] = DebianSupport.Of(image.Codename)?.Version ?? image.Codename,
    };

    private static JsonObject System(DpkgRecord record, string codename)
    {
        var component = Component(record.Package, record.Version.ToString(), PackageUrl.Of(record, codename), record.Sha256 is { } hash ? Hashes("SHA-256", hash) : null);
        if (record.Licences.Count > 0)
            component["licenses"] = new JsonArray([.. record.Licences.Select(name => new JsonObject { ["license"] = new JsonObject { ["name"] = name } })]);
        AddPage(component, record.Homepage);
        component["properties"] = new JsonArray(new JsonObject { ["name"] = "debian:source", ["value"] = $"{record.Source} {record.SourceVersion}" });
        return component;
    }

    private static JsonObject Application(ResolvedPackage package, PackageFacts facts)
    {
        var component = Component(package.Name, package.Version.ToNormalizedString(), PackageUrl.Of(package), facts.Sha512 is { } hash ? Hashes("SHA-512", hash) : null);
        if (package.Kind == PackageKind.Pack)
            component["type"] = "framework";
        if (facts.Licence is { } licence)
            component["licenses"] = new JsonArray(new JsonObject { ["expression"] = licence });
        AddPage(component, facts.Page?.AbsoluteUri);
        return component;
    }

    private static JsonObject Component(string name, string version, string url, JsonArray? hashes)
    {
        var component = new JsonObject { ["type"] = "library", ["bom-ref"] = url, ["name"] = name, ["version"] = version, ["purl"] = url };
        if (hashes is not null)
            component["hashes"] = hashes;
        return component;
    }

    private static void AddPage(JsonObject component, string? page)
    {
        if (Uri.TryCreate(page, UriKind.Absolute, out var address))
            component["externalReferences"] = new JsonArray(new JsonObject { ["type"] = "website", ["url"] = address.AbsoluteUri });
    }

    private static JsonArray Hashes(string algorithm, string hex) => new(new JsonObject { ["alg"] = algorithm, ["content"] = hex });

    /// <summary>A UUID of version 8, which is free to be made of any hash.</summary>
    private static Guid SerialNumber(ImageContents image)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"sbom {image.Image} {image.Version}"))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new(bytes, bigEndian: true);
    }
}
