using System.Text.Json;
using System.Text.RegularExpressions;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Docs;

/// <summary>Gathers the documents of the tree and what they speak about, and has the gate judge them.</summary>
public sealed partial class DocsReader(Workspace workspace, GeneratedOutputs generated)
{
    private AbsolutePath Report => workspace.Artifacts / "docs";

    public IReadOnlyDictionary<GateId, GateResult> Run()
    {
        var started = workspace.Time.GetTimestamp();
        var observed = Observe();
        var result = DocsGate.Judge(observed);
        var findings = result.Verdict == Verdict.Refused ? DocsGate.Findings(observed) : [];
        Report.CreateOrCleanDirectory();
        (Report / "findings.txt").WriteAllText(string.Concat(findings.Select(finding => finding + "\n")));
        foreach (var finding in findings)
            Log.Warning("{Finding:l}", finding);
        workspace.Desk.Record(GateId.Docs, result, workspace.Time.GetElapsedTime(started), suite: null, "artifacts/docs");
        return new Dictionary<GateId, GateResult> { [GateId.Docs] = result };
    }

    private DocsObservation Observe()
    {
        var files = workspace.Checkout.Files();
        var based = workspace.Checkout.Base(workspace.Policy.Environment.Branch);
        return new()
        {
            Files = files.ToHashSet(StringComparer.Ordinal),
            Documents = files.Where(file => file.EndsWith(".md", StringComparison.Ordinal)).ToDictionary(file => file, Text),
            Generated = generated.Differences(),
            Changed = based is null ? null : workspace.Checkout.ChangedSince(based),
            BaseChangelog = based is null ? null : workspace.Checkout.TextAt(based, Changelog.Path),
            TestClasses = files.Where(file => file.StartsWith("tests/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal))
                .SelectMany(file => TestClass().Matches(Text(file)), (_, match) => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal),
            Targets = generated.Targets,
            Parameters = Parameters(),
        };
    }

    /// <summary>The parameters are those of the schema, which is generated from the build.</summary>
    private List<string> Parameters()
    {
        using var schema = JsonDocument.Parse(Text(".nuke/build.schema.json"));
        return [.. Properties(schema.RootElement).Distinct()];
    }

    private static IEnumerable<string> Properties(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.Name == "properties"
            ? member.Value.EnumerateObject().Select(property => property.Name)
            : Properties(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Properties),
        _ => [],
    };

    private string Text(string file) => File.ReadAllText(workspace.Root / file);

    [GeneratedRegex(@"\bclass (\w+)")]
    private static partial Regex TestClass();
}
