using WasmWizard.Delivery.Generation;

namespace WasmWizard.Delivery.Gates.Docs;

/// <summary>Something wrong with a document.</summary>
/// <param name="Rule">reference, link, changelog, decision or command.</param>
/// <param name="Path">Relative to the root.</param>
/// <param name="Line">From 1; 0 for the file as a whole.</param>
/// <param name="Observed">What was found.</param>
/// <param name="Fix">What to do about it.</param>
public sealed record DocsFinding(string Rule, string Path, int Line, string Observed, string Fix)
{
    public override string ToString() => $"{Path}{(Line > 0 ? $":{Line}" : "")} {Observed}. Next: {Fix}";
}

/// <summary>What the gate judges.</summary>
public sealed record DocsObservation
{
    /// <summary>Every Markdown file by path.</summary>
    public required IReadOnlyDictionary<string, string> Documents { get; init; }

    /// <summary>Every file of the tree.</summary>
    public required IReadOnlySet<string> Files { get; init; }

    /// <summary>Differences of the generated files, the documents among them.</summary>
    public required IReadOnlyList<GeneratedDifference> Generated { get; init; }

    /// <summary>Paths that differ from the base of the branch; null when there is no base to compare with.</summary>
    public required IReadOnlyList<string>? Changed { get; init; }

    /// <summary>The changelog at that base; null when it had none.</summary>
    public required string? BaseChangelog { get; init; }

    public required IReadOnlySet<string> TestClasses { get; init; }

    public required IReadOnlyCollection<string> Targets { get; init; }

    /// <summary>Names without dashes, in any case.</summary>
    public required IReadOnlyCollection<string> Parameters { get; init; }
}

/// <summary>Judges whether the documents are true: generated parts current, links whole, decisions held by tests, commands real, changes told.</summary>
public static class DocsGate
{
    private const int ShownFindings = 3;

    public static GateResult Judge(DocsObservation observed)
    {
        if (observed.Documents.Count == 0 || observed.Files.Count == 0 || observed.Targets.Count == 0)
            return new(Verdict.Inconclusive, "no documents, files or targets were found: nothing was judged", "run it in a whole clone");
        if (observed.Changed is null)
            return new(Verdict.Inconclusive, "there is no base to compare with, so nobody knows whether the changelog tells this change", "fetch the branch's history (git fetch --unshallow)");
        var findings = Findings(observed);
        var measurements = new Dictionary<string, decimal> { ["documents"] = observed.Documents.Count, ["findings"] = findings.Count };
        return findings.Count == 0
            ? new(Verdict.Passed, $"{observed.Documents.Count} documents: references current, links whole, decisions held by tests, changes told") { Measurements = measurements }
            : new(Verdict.Refused, $"{findings.Count} {(findings.Count == 1 ? "finding" : "findings")}: {string.Join("; ", findings.Take(ShownFindings).Select(finding => $"{finding.Path}{(finding.Line > 0 ? $":{finding.Line}" : "")} {finding.Observed}"))}", findings[0].Fix) { Measurements = measurements };
    }

    /// <summary>Everything wrong.</summary>
    public static IReadOnlyList<DocsFinding> Findings(DocsObservation observed)
    {
        var documents = observed.Documents.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => new MarkdownDocument(entry.Key, entry.Value)).ToList();
        return
        [
            .. observed.Generated.Where(difference => difference.Path.EndsWith(".md", StringComparison.Ordinal))
                .Select(difference => new DocsFinding("reference", difference.Path, 0, difference.Message, GeneratedHeader.Command)),
            .. Links.Broken(documents, observed.Files),
            .. ShownCommands.Unknown(documents, observed.Targets, observed.Parameters),
            .. Decisions.Findings(observed.Documents, observed.TestClasses),
            .. Changelog.Findings(observed.Documents.GetValueOrDefault(Changelog.Path), observed.BaseChangelog, observed.Changed),
        ];
    }
}
