using System.Xml;
using System.Xml.Linq;
using System.Xml.XPath;

namespace WasmWizard.BuildEngine.IO;

/// <summary>Reads single values out of XML files.</summary>
public static class XmlTasks
{
    /// <summary>The values of the elements and attributes that the path selects, in document order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="xpath">Selects elements, attributes or text.</param>
    /// <param name="namespaces">Prefixes that the path uses.</param>
    public static IEnumerable<string> XmlPeek(string path, string xpath, params (string prefix, string uri)[] namespaces)
    {
        var document = XDocument.Load(path);
        var resolver = new XmlNamespaceManager(new NameTable());
        foreach (var (prefix, uri) in namespaces)
            resolver.AddNamespace(prefix, uri);
        return
        [
            .. ((IEnumerable<object>)document.XPathEvaluate(xpath, resolver)).Select(found => found switch
            {
                XElement element => element.Value,
                XAttribute attribute => attribute.Value,
                XText text => text.Value,
                _ => found.ToString() ?? "",
            }),
        ];
    }
}
