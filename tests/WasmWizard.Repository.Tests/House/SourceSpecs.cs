using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace WasmWizard.Repository.Tests.House;

/// <summary>What no file of this repository may hold.</summary>
public sealed partial class SourceSpecs
{
    private static readonly string[] Folders = ["src", "build", "tests", "benchmarks", "docs", ".ci"];

    private static readonly HashSet<string> Endings =
        [".cs", ".csproj", ".props", ".targets", ".md", ".sh", ".ps1", ".cmd", ".yml", ".yaml", ".json", ".sql", ".html", ".js", ".cjs", ".txt", ""];

    private static readonly IReadOnlyList<string> Files =
    [
        .. Repository.Files("*", Folders)
            .Concat(Directory.GetFiles(Repository.Root).Select(Repository.Relative))
            .Where(path => Endings.Contains(Path.GetExtension(path)) && path is not ".git"),
    ];

    [Fact]
    public void Nothing_is_left_to_do_later()
    {
        // Spelled in two parts, because this file is read as well.
        var later = new Regex(@"\b(TO" + "DO|FIX" + "ME|NotImplemented" + @"Exception)\b");

        AssertNone(later);
    }

    [Fact]
    public void No_path_of_somebodys_machine_stands_anywhere() => AssertNone(MachinePath());

    [Fact]
    public void No_source_file_is_longer_than_400_lines()
    {
        Faults.AssertNone(Files.Where(path => path.EndsWith(".cs", StringComparison.Ordinal))
            .Select(path => (path, lines: File.ReadLines(Repository.At(path)).Count())).Where(file => file.lines > 400).Select(file => $"{file.path} has {file.lines} lines"));
    }

    [Fact]
    public void Folders_and_types_are_named_after_what_they_are()
    {
        Faults.AssertNone(Files.Where(path => VagueName().IsMatch(path)));
    }

    [Fact]
    public void Versions_of_packages_stand_in_one_file_only_and_are_exact()
    {
        var inProjects = from path in Files
                         where path.EndsWith(".csproj", StringComparison.Ordinal)
                         from reference in XDocument.Load(Repository.At(path)).Descendants("PackageReference")
                         let version = (string?)reference.Attribute("Version") ?? (string?)reference.Attribute("VersionOverride")
                         // The packages that the build can be compiled against instead of its own engine come as properties.
                         where version is not null && !version.StartsWith("$(", StringComparison.Ordinal)
                         select $"{path}: {(string?)reference.Attribute("Include")} {version}";
        var versions = XDocument.Load(Repository.At("Directory.Packages.props")).Descendants("PackageVersion").Select(version => (string?)version.Attribute("Version") ?? "");

        Faults.AssertNone(inProjects);
        Assert.All(versions, version => Assert.Matches(@"^\[\d+\.\d+\.\d+(\.\d+)?(-[A-Za-z0-9.]+)?\]$", version));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Repository.At("WasmWizard.sln")).Replace('\\', '/');
        Faults.AssertNone(Repository.Files("*.csproj", "src", "tests").Where(path => !solution.Contains($"\"{path}\"", StringComparison.Ordinal)));
    }

    private static void AssertNone(Regex pattern)
    {
        var found = from path in Files
                    from line in File.ReadLines(Repository.At(path)).Select((text, index) => (text, number: index + 1))
                    where pattern.IsMatch(line.text)
                    select $"{path}:{line.number}: holds {pattern.Match(line.text).Value}: {line.text.Trim()}";
        Faults.AssertNone(found);
    }

    [GeneratedRegex("""(?<![A-Za-z0-9_.}*-])(/(work|home|root|Users)/[A-Za-z]|[A-Z]:\\+Users\\)""")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"(^|/)(Helpers?|Common|Utils?|Misc)(/|\.cs$)|(Helper|Utils?|Manager)\.cs$")]
    private static partial Regex VagueName();
}
