using System.Xml;
using System.Xml.Linq;

namespace WasmWizard.Delivery.Gates.Tests;

/// <summary>Reads the TRX document of a VSTest run.</summary>
public static class TrxReport
{
    private static readonly XNamespace Schema = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>Null when the text is not a whole TRX document: a torn report is no report.</summary>
    public static TestRun? Parse(string project, string xml)
    {
        try
        {
            var root = XDocument.Parse(xml).Root;
            var outcome = root?.Element(Schema + "ResultSummary")?.Attribute("outcome")?.Value;
            return outcome is null ? null : Read(project, root!, outcome);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static TestRun Read(string project, XElement root, string outcome)
    {
        var results = root.Elements(Schema + "Results").Elements(Schema + "UnitTestResult")
            .ToLookup(result => result.Attribute("outcome")?.Value ?? "NotExecuted", result => result.Attribute("testName")?.Value ?? "?");
        string[] failed = [.. results.Where(group => group.Key is not ("Passed" or "NotExecuted")).SelectMany(group => group)];
        return new(project, results["Passed"].Count(), failed, [.. results["NotExecuted"]], Aborted: outcome is "Aborted" or "Error" || (outcome == "Failed" && failed.Length == 0));
    }
}
