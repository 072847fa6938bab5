using System.Xml;
using System.Xml.Linq;
using WasmWizard.Delivery.SupplyChain.Packages;

namespace WasmWizard.Delivery.SupplyChain.Sbom;

/// <summary>What a package says about itself.</summary>
/// <param name="Licence">An SPDX expression; null when it names none.</param>
/// <param name="Sha512">Hex hash of the package file; null when not recorded.</param>
/// <param name="Page">The project's page; null when it names none.</param>
public sealed record PackageFacts(string? Licence, string? Sha512, Uri? Page)
{
    public static readonly PackageFacts None = new(null, null, null);

    /// <summary>Reads them from NuGet's package folders; <see cref="None"/> for a package that lies in none of them.</summary>
    /// <param name="folders">E.g. <c>~/.nuget/packages</c>.</param>
    /// <param name="package">Which.</param>
    public static PackageFacts Find(IEnumerable<string> folders, ResolvedPackage package)
    {
        var (name, version) = (package.Name.ToLowerInvariant(), package.Version.ToNormalizedString().ToLowerInvariant());
        var folder = folders.Select(parent => Path.Combine(parent, name, version)).FirstOrDefault(Directory.Exists);
        return folder is null ? None : Read(Path.Combine(folder, $"{name}.nuspec"), Path.Combine(folder, $"{name}.{version}.nupkg.sha512"));
    }

    private static PackageFacts Read(string nuspec, string hash)
    {
        try
        {
            var metadata = File.Exists(nuspec) ? XDocument.Load(nuspec).Root?.Elements().FirstOrDefault(element => element.Name.LocalName == "metadata") : null;
            var licence = Field(metadata, "license") is { } element && (string?)element.Attribute("type") == "expression" ? element.Value.Trim() : null;
            var page = Uri.TryCreate(Field(metadata, "projectUrl")?.Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;
            return new(licence, File.Exists(hash) ? Convert.ToHexStringLower(Convert.FromBase64String(File.ReadAllText(hash).Trim())) : null, page);
        }
        catch (Exception problem) when (problem is XmlException or FormatException)
        {
            throw new CorruptDataException($"{nuspec} or the hash beside it is not whole", "dotnet restore --force", problem);
        }
    }

    private static XElement? Field(XElement? metadata, string name) => metadata?.Elements().FirstOrDefault(element => element.Name.LocalName == name);
}
