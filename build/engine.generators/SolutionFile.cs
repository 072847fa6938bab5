using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace WasmWizard.BuildEngine.Generators;

/// <summary>The tree of a solution file, classic or XML, by names. A compiler may load nothing, so both formats are read by hand.</summary>
internal sealed class SolutionFile
{
    private const string FolderKind = "2150E333-8FDC-42A3-9474-1A3956D46DE8";

    private static readonly Regex s_project = new("""^Project\("\{(?<kind>[^}]+)\}"\)\s*=\s*"(?<name>[^"]+)",\s*"[^"]*",\s*"\{(?<id>[^}]+)\}""", RegexOptions.Multiline);
    private static readonly Regex s_nested = new("""^\s*\{(?<child>[^}]+)\}\s*=\s*\{(?<parent>[^}]+)\}\s*$""", RegexOptions.Multiline);

    private SolutionFile(Folder top) => Top = top;

    public Folder Top { get; }

    public static SolutionFile Read(string path, string text) =>
        new(path.EndsWith(".slnx", StringComparison.OrdinalIgnoreCase) ? FromXml(XDocument.Parse(text)) : FromText(text));

    private static Folder FromText(string text)
    {
        var top = new Folder("");
        var all = s_project.Matches(text).Cast<Match>()
            .Select(match => (Id: match.Groups["id"].Value.ToUpperInvariant(), Name: match.Groups["name"].Value, IsFolder: match.Groups["kind"].Value.Equals(FolderKind, StringComparison.OrdinalIgnoreCase)))
            .ToList();
        var start = text.IndexOf("GlobalSection(NestedProjects)", StringComparison.Ordinal);
        var nested = start < 0 ? "" : text.Substring(start, text.IndexOf("EndGlobalSection", start, StringComparison.Ordinal) - start);
        var parents = s_nested.Matches(nested).Cast<Match>().ToDictionary(match => match.Groups["child"].Value.ToUpperInvariant(), match => match.Groups["parent"].Value.ToUpperInvariant());
        var folders = all.Where(entry => entry.IsFolder).ToDictionary(entry => entry.Id, entry => new Folder(entry.Name));
        foreach (var entry in all)
        {
            var parent = parents.TryGetValue(entry.Id, out var id) && folders.TryGetValue(id, out var found) ? found : top;
            if (entry.IsFolder)
                parent.Folders.Add(folders[entry.Id]);
            else
                parent.Projects.Add(entry.Name);
        }

        return top;
    }

    private static Folder FromXml(XDocument document)
    {
        var top = new Folder("");
        foreach (var project in document.Root!.Elements("Project"))
            top.Projects.Add(NameOf(project));
        foreach (var element in document.Root.Elements("Folder"))
        {
            var folder = top;
            foreach (var name in ((string?)element.Attribute("Name") ?? "").Split(['/'], StringSplitOptions.RemoveEmptyEntries))
                folder = folder.Child(name);
            foreach (var project in element.Elements("Project"))
                folder.Projects.Add(NameOf(project));
        }

        return top;
    }

    private static string NameOf(XElement project)
    {
        if ((string?)project.Attribute("DisplayName") is { } name)
            return name;
        var file = ((string?)project.Attribute("Path") ?? "").Split('/', '\\').Last();
        return file.LastIndexOf('.') is var dot and > 0 ? file.Substring(0, dot) : file;
    }

    internal sealed class Folder(string name)
    {
        public string Name { get; } = name;

        public List<string> Projects { get; } = [];

        public List<Folder> Folders { get; } = [];

        public Folder Child(string childName)
        {
            var child = Folders.FirstOrDefault(folder => folder.Name == childName);
            if (child is null)
                Folders.Add(child = new Folder(childName));
            return child;
        }
    }
}
