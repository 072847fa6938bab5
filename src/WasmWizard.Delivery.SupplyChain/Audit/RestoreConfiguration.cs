using System.Xml;
using System.Xml.Linq;

namespace WasmWizard.Delivery.SupplyChain.Audit;

/// <summary>Reads and derives <c>nuget.config</c> files.</summary>
public static class RestoreConfiguration
{
    private const string Fix = "mend nuget.config";

    /// <summary>Addresses of the sources that vulnerability data may come from: the configured audit sources, else the package sources.</summary>
    /// <exception cref="SupplyDataException">There is no such file, or it is no whole configuration.</exception>
    public static IReadOnlyList<string> AdvisorySources(string file)
    {
        var root = Load(file).Root!;
        var audit = Sources(root.Element("auditSources"));
        return audit.Count > 0 ? audit : Sources(root.Element("packageSources"));
    }

    /// <summary>The same configuration with one audit source, on loopback and therefore without TLS.</summary>
    /// <exception cref="SupplyDataException">There is no such file, or it is no whole configuration.</exception>
    public static string WithAuditSource(string file, Uri source)
    {
        var document = Load(file);
        document.Root!.Element("auditSources")?.Remove();
        document.Root.Add(new XElement(
            "auditSources",
            new XElement("clear"),
            new XElement("add", new XAttribute("key", "advisories"), new XAttribute("value", source.AbsoluteUri), new XAttribute("allowInsecureConnections", "true"))));
        foreach (var add in document.Root.Elements("packageSources").Elements("add"))
            add.SetAttributeValue("value", Absolute((string?)add.Attribute("value") ?? "", Path.GetDirectoryName(Path.GetFullPath(file))!));
        return document.ToString();
    }

    /// <summary>A folder in a configuration is relative to the file, and the derived file lies elsewhere.</summary>
    private static string Absolute(string source, string folder) =>
        Uri.TryCreate(source, UriKind.Absolute, out _) ? source : Path.GetFullPath(source, folder);

    private static List<string> Sources(XElement? section) =>
        [.. section?.Elements("add").Select(add => (string?)add.Attribute("value")).OfType<string>().Where(value => value.StartsWith("http", StringComparison.Ordinal)) ?? []];

    private static XDocument Load(string file)
    {
        try
        {
            var document = XDocument.Load(file);
            return document.Root?.Name.LocalName == "configuration" ? document : throw new CorruptDataException($"{file} is no NuGet configuration", Fix);
        }
        catch (XmlException problem)
        {
            throw new CorruptDataException($"{file} is not whole: line {problem.LineNumber}", Fix, problem);
        }
        catch (IOException problem)
        {
            throw new MissingDataException($"{file} cannot be read", Fix, problem);
        }
    }
}
