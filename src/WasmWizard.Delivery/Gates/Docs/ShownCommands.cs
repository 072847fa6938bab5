namespace WasmWizard.Delivery.Gates.Docs;

/// <summary>Commands of the build that documents show: their targets and parameters must exist.</summary>
internal static class ShownCommands
{
    private const string Start = "./build.sh ";

    /// <param name="documents">Where commands are shown.</param>
    /// <param name="targets">Every target by name.</param>
    /// <param name="parameters">Every parameter as it is typed, without dashes.</param>
    public static IEnumerable<DocsFinding> Unknown(IEnumerable<MarkdownDocument> documents, IReadOnlyCollection<string> targets, IReadOnlyCollection<string> parameters) =>
        from document in documents
        from shown in document.Commands
        let at = shown.Text.IndexOf(Start, StringComparison.Ordinal)
        where at >= 0
        from fault in Faults(shown.Text[(at + Start.Length)..].Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries), targets, parameters)
        select new DocsFinding("command", document.Path, shown.Line, fault, "./build.sh --help lists what there is");

    private static IEnumerable<string> Faults(string[] words, IReadOnlyCollection<string> targets, IReadOnlyCollection<string> parameters)
    {
        foreach (var target in words.TakeWhile(word => char.IsAsciiLetter(word[0])).Where(word => !targets.Contains(word, StringComparer.OrdinalIgnoreCase)))
            yield return $"there is no target {target}";
        foreach (var parameter in words.Where(word => word.StartsWith("--", StringComparison.Ordinal)).Select(word => word[2..].Split('=')[0]))
            if (!parameters.Contains(parameter.Replace("-", "", StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase))
                yield return $"there is no parameter --{parameter}";
    }
}
