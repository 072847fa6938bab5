namespace WasmWizard.Delivery.Gates.Docs;

/// <summary>Follows links inside the repository; those that leave it are nobody's to check here, for the network is no fact about a tree.</summary>
internal static class Links
{
    /// <param name="documents">Every Markdown file.</param>
    /// <param name="files">Every file of the tree, relative to the root with forward slashes.</param>
    public static IEnumerable<DocsFinding> Broken(IReadOnlyList<MarkdownDocument> documents, IReadOnlySet<string> files)
    {
        var folders = files.SelectMany(Folders).ToHashSet(StringComparer.Ordinal);
        var byPath = documents.ToDictionary(document => document.Path, StringComparer.Ordinal);
        return from document in documents
               from link in document.Links
               where !IsElsewhere(link.To)
               let fault = Fault(document, link.To, files, folders, byPath)
               where fault is not null
               select new DocsFinding("link", document.Path, link.Line, $"{link.To} {fault}", "correct the link, or take it away");
    }

    private static string? Fault(
        MarkdownDocument document, string to, IReadOnlySet<string> files, HashSet<string> folders, Dictionary<string, MarkdownDocument> byPath)
    {
        var (path, anchor) = to.Split('#', 2) is [var before, var after] ? (before, after) : (to, "");
        var target = path.Length == 0 ? document.Path : Resolve(document.Path, Uri.UnescapeDataString(path));
        if (target is null)
            return "leaves the repository";
        if (!files.Contains(target) && !folders.Contains(target))
            return "leads to nothing";
        return anchor.Length == 0 || !byPath.TryGetValue(target, out var page) || page.Anchors.Contains(Uri.UnescapeDataString(anchor))
            ? null
            : $"names no heading of {target}";
    }

    /// <summary>Null when it climbs above the root.</summary>
    private static string? Resolve(string from, string path)
    {
        var parts = path.StartsWith('/') ? new Stack<string>() : new Stack<string>(from.Split('/')[..^1]);
        foreach (var part in path.Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..")
                parts.Push(part);
            else if (!parts.TryPop(out _))
                return null;
        }

        return string.Join('/', parts.Reverse());
    }

    private static bool IsElsewhere(string to) => to.StartsWith("//", StringComparison.Ordinal) || Uri.TryCreate(to, UriKind.Absolute, out var uri) && !uri.IsFile;

    /// <summary>Every folder above a file, the root as the empty name.</summary>
    private static IEnumerable<string> Folders(string file)
    {
        for (var at = file.LastIndexOf('/'); at > 0; at = file.LastIndexOf('/', at - 1))
            yield return file[..at];
        yield return "";
    }
}
