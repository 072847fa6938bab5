using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace WasmWizard.Repository.Tests.House;

/// <summary>Delivery knows nobody, adapters know Delivery, the service stands alone, and only the build knows its engine.</summary>
public sealed partial class DependencyDirectionSpecs
{
    // What each project may reference of ours. A new project has to be added here, and its direction thought about.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["WasmWizard.Delivery"] = [],
        ["WasmWizard.Delivery.Checking"] = ["WasmWizard.Delivery"],
        ["WasmWizard.Delivery.Compose"] = ["WasmWizard.Delivery", "WasmWizard.Delivery.Containers", "WasmWizard.Delivery.Local.Protocol", "WasmWizard.Delivery.Postgres", "WasmWizard.Delivery.Probes"],
        ["WasmWizard.Delivery.Containers"] = ["WasmWizard.Delivery"],
        ["WasmWizard.Delivery.GitHub"] = ["WasmWizard.Delivery"],
        ["WasmWizard.Delivery.Kubernetes"] = ["WasmWizard.Delivery"],
        ["WasmWizard.Delivery.Kubernetes.Simulator"] = [],
        ["WasmWizard.Delivery.Rehearsal"] = ["WasmWizard.Delivery", "WasmWizard.Delivery.Kubernetes", "WasmWizard.Delivery.Kubernetes.Simulator"],
        ["WasmWizard.Delivery.Local"] = ["WasmWizard.Delivery", "WasmWizard.Delivery.Containers", "WasmWizard.Delivery.Local.Protocol", "WasmWizard.Delivery.Probes"],
        ["WasmWizard.Delivery.Local.Front"] = ["WasmWizard.Delivery.Local.Protocol"],
        ["WasmWizard.Delivery.Local.Protocol"] = [],
        ["WasmWizard.Delivery.Postgres"] = ["WasmWizard.Delivery", "WasmWizard.Delivery.Local.Protocol"],
        ["WasmWizard.Delivery.Probes"] = [],
        ["WasmWizard.Delivery.SupplyChain"] = ["WasmWizard.Delivery"],
        ["WasmWizard.Service"] = [],
        ["WasmWizard.BuildEngine"] = [],
    };

    private static readonly IReadOnlyList<ProjectFile> Sources =
        [.. Repository.Files("*.csproj", "src").Append("build/engine/WasmWizard.BuildEngine.csproj").Select(path => new ProjectFile(path))];

    [Fact]
    public void Every_project_references_only_what_its_place_allows()
    {
        Assert.NotEmpty(Sources);
        Faults.AssertNone(Sources.SelectMany(project => Allowed.TryGetValue(project.Name, out var allowed)
            ? project.References.Except(allowed).Select(reference => $"{project.Path} references {reference}")
            : [$"{project.Path} is not in the list of directions"]));
    }

    [Fact]
    public void The_core_uses_no_package_that_runs()
    {
        Assert.Empty(Sources.Single(project => project.Name == "WasmWizard.Delivery").RunningPackages);
    }

    [Fact]
    public void Only_builds_and_the_tests_of_the_engine_reference_the_engine()
    {
        var projects = Repository.Files("*.csproj", "src", "tests", "build").Select(path => new ProjectFile(path));

        var knowing = projects.Where(project => project.References.Contains("WasmWizard.BuildEngine")).Select(project => project.Name);

        Faults.AssertNone(knowing.Except(["_build", "WasmWizard.BuildEngine.Builds", "WasmWizard.BuildEngine.Tests", "WasmWizard.EndToEnd.Tests"]));
    }

    [Fact]
    public void The_build_uses_the_types_of_the_service_nowhere()
    {
        var build = Repository.Files("_build.csproj", "build").Select(path => new ProjectFile(path));

        Assert.All(build, project => Assert.DoesNotContain("WasmWizard.Service", project.References));
    }

    [Fact]
    public void Compiled_assemblies_agree_with_what_the_projects_declare()
    {
        foreach (var project in Sources)
        {
            var folder = new DirectoryInfo(Path.Combine(Repository.At(project.Path), "..", "bin"));
            if (!folder.Exists)
                continue;
            var newest = folder.EnumerateFiles(project.Name + ".dll", SearchOption.AllDirectories).MaxBy(file => file.LastWriteTimeUtc);
            if (newest is null)
                continue;
            var ours = AssemblyFile.References(newest.FullName).Where(name => name.StartsWith("WasmWizard.", StringComparison.Ordinal));
            Faults.AssertNone(ours.Except(Allowed[project.Name]).Select(name => $"{newest.FullName} uses {name}"));
        }
    }

    [Fact]
    public void The_definition_of_the_build_names_no_engine_so_that_it_compiles_on_any_of_the_three()
    {
        var sources = Repository.Files("*.cs", "build")
            .Where(path => !path.StartsWith("build/engine/", StringComparison.Ordinal) && !path.StartsWith("build/Seams/", StringComparison.Ordinal));

        Faults.AssertNone(sources.Where(path => EngineUsing().IsMatch(File.ReadAllText(Repository.At(path)))));
    }

    [Theory]
    [InlineData("Nuke")]
    [InlineData("Fallout")]
    public void What_only_our_engine_has_stands_under_the_same_names_in_the_seam_of_the_other(string engine)
    {
        foreach (var (own, other) in new[] { ("build/engine/Targets/OwnTargetDefinitions.cs", "OwnTargetDefinitions.cs"), ("build/Seams/Own/EngineSeam.cs", "EngineSeam.cs") })
        {
            var offered = SignaturesIn(own);
            Assert.NotEmpty(offered);
            Assert.Equal(offered, SignaturesIn($"build/Seams/{engine}/{other}"));
        }
    }

    private static IEnumerable<string> SignaturesIn(string path) =>
        PublicMethod().Matches(File.ReadAllText(Repository.At(path))).Select(match => match.Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"public static [^=\n]*\([^)]*\)")]
    private static partial Regex PublicMethod();

    [GeneratedRegex(@"^\s*(global\s+)?using\s+(static\s+)?([A-Za-z]+\s*=\s*)?(global::)?(WasmWizard\.BuildEngine|Nuke|Fallout)\b", RegexOptions.Multiline)]
    private static partial Regex EngineUsing();

    private sealed class ProjectFile
    {
        private readonly XDocument _xml;

        public ProjectFile(string path) => (Path, _xml) = (path, XDocument.Load(Repository.At(path)));

        public string Path { get; }

        public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

        /// <summary>Projects whose types it can use; one that is only built beside it does not count.</summary>
        public IEnumerable<string> References => _xml.Descendants("ProjectReference")
            .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
            .Select(reference => System.IO.Path.GetFileNameWithoutExtension(((string?)reference.Attribute("Include") ?? "").Replace('\\', '/')));

        public IEnumerable<string?> RunningPackages => _xml.Descendants("PackageReference")
            .Where(reference => (string?)reference.Attribute("PrivateAssets") != "all")
            .Select(reference => (string?)reference.Attribute("Include"));
    }
}
