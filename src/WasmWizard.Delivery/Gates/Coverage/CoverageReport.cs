using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace WasmWizard.Delivery.Gates.Coverage;

/// <summary>Lines and branches of the assemblies in a merged Cobertura document.</summary>
public sealed record CoverageReport(IReadOnlyList<AssemblyCoverage> Assemblies)
{
    /// <summary>Reads Cobertura XML; null when the text is not a whole Cobertura document.</summary>
    public static CoverageReport? Parse(string xml)
    {
        try
        {
            var root = XDocument.Parse(xml.TrimStart('\uFEFF')).Root;
            return root?.Name.LocalName == "coverage" ? new([.. root.Elements("packages").Elements("package").Select(Read)]) : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>A line that several classes report (partial, nested, generated state machines) is one line, covered when any of them covers it.</summary>
    private static AssemblyCoverage Read(XElement package)
    {
        var lines = package.Descendants("class")
            .SelectMany(type => type.Elements("lines").Elements("line"), (type, line) => (File: (string?)type.Attribute("filename") ?? "", Line: line))
            .GroupBy(entry => (entry.File, (int?)entry.Line.Attribute("number") ?? 0))
            .Select(group => (Hit: group.Any(entry => ((long?)entry.Line.Attribute("hits") ?? 0) > 0), Branches: group.Select(entry => Branches(entry.Line)).MaxBy(branch => branch.Covered)))
            .ToList();
        return new(
            (string?)package.Attribute("name") ?? "",
            lines.Count(line => line.Hit),
            lines.Count,
            lines.Sum(line => line.Branches.Covered),
            lines.Sum(line => line.Branches.All));
    }

    /// <summary>Cobertura writes <c>condition-coverage="50% (1/2)"</c> on lines that branch.</summary>
    private static (int Covered, int All) Branches(XElement line)
    {
        var text = (string?)line.Attribute("condition-coverage") ?? "";
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var numbers = open < 0 ? [] : text[(open + 1)..].TrimEnd(')').Split('/');
        return numbers.Length == 2
            && int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out var covered)
            && int.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out var all)
                ? (covered, all)
                : (0, 0);
    }
}

/// <summary>Counts of one assembly.</summary>
public sealed record AssemblyCoverage(string Name, int CoveredLines, int Lines, int CoveredBranches, int Branches);
