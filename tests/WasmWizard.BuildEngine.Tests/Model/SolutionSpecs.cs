namespace WasmWizard.Tests.BuildEngine.Model;

/// <summary>Section 1.10 and [Solution]: classic and XML solutions, MSBuild only in a process of its own.</summary>
public sealed class SolutionSpecs : IDisposable
{
    private readonly Sandbox _sandbox = new();

    private const string Slnx = """
        <Solution>
          <Folder Name="/src/">
            <Project Path="src/One/One.csproj" />
          </Folder>
          <Project Path="Two.Tests/Two.Tests.csproj" />
        </Solution>
        """;

    private const string Sln = """
        Microsoft Visual Studio Solution File, Format Version 12.00
        Project("{9A19103F-16F7-4668-BE54-9A1E7A4F7556}") = "One", "src\One\One.csproj", "{11111111-1111-1111-1111-111111111111}"
        EndProject
        Project("{2150E333-8FDC-42A3-9474-1A3956D46DE8}") = "src", "src", "{22222222-2222-2222-2222-222222222222}"
        EndProject
        Project("{9A19103F-16F7-4668-BE54-9A1E7A4F7556}") = "Two.Tests", "Two.Tests\Two.Tests.csproj", "{33333333-3333-3333-3333-333333333333}"
        EndProject
        Global
        	GlobalSection(NestedProjects) = preSolution
        		{11111111-1111-1111-1111-111111111111} = {22222222-2222-2222-2222-222222222222}
        	EndGlobalSection
        EndGlobal
        """;

    public void Dispose() => _sandbox.Dispose();

    private sealed class WithSolution : NotingBuild, IHazSolution, IHazArtifacts
    {
        [Solution] private readonly Solution? Solution;

        Solution IHazSolution.Solution => Solution!;

        private Target Show => _ => _.Executes(() =>
        {
            IHazSolution component = this;
            Notes.Add($"{component.Solution.FileName} {string.Join(',', Solution!.AllProjects.Select(project => project.RelativePath))} {string.Join(',', Solution.Projects.Select(project => project.Name))}");
            Notes.Add($"{string.Join(',', Solution.SolutionFolders.Select(folder => folder.Name))} {Solution.GetSolutionFolder("src")!.Projects.Single().Name} {Solution.AllSolutionFolders.Count}");
            Notes.Add($"{Solution.GetProject("one")!.Directory.Name} {Solution.GetProject("absent") is null} {string.Join(',', Solution.GetAllProjects("*.Tests").Select(project => project.Name))}");
            string path = Solution;
            AbsolutePath projectPath = Solution.GetProject("One")!;
            Notes.Add($"{path == Solution.Path} {projectPath.Name} {Solution.Name} {Solution} {((IHazArtifacts)this).ArtifactsDirectory.Name}");
        });
    }

    [Theory]
    [InlineData("All.slnx", Slnx)]
    [InlineData("All.sln", Sln)]
    public void Both_formats_are_read(string name, string text)
    {
        (_sandbox.Root / name).WriteAllText(text.ReplaceLineEndings("\n"));
        var result = _sandbox.Run<WithSolution>("Show");
        Assert.True(result.ExitCode == 0, result.All);
        Assert.StartsWith($"{name} ", result.Notes[0]);
        Assert.Contains("src/One/One.csproj", result.Notes[0]);
        Assert.EndsWith(" Two.Tests", result.Notes[0]);
        Assert.Equal(["src One 1", "One True Two.Tests", $"True One.csproj All {_sandbox.Root / name} artifacts"], result.Notes.Skip(1));
    }

    [Fact]
    public void The_path_comes_from_a_parameter_where_there_are_several()
    {
        (_sandbox.Root / "A.slnx").WriteAllText(Slnx);
        (_sandbox.Root / "B.slnx").WriteAllText(Slnx);
        Assert.StartsWith("B.slnx", _sandbox.Run<WithSolution>("Show --solution B.slnx").Notes[0]);
        (_sandbox.Root / ".nuke" / "parameters.json").WriteAllText("""{ "Solution": "A.slnx" }""");
        Assert.StartsWith("A.slnx", _sandbox.Run<WithSolution>("Show").Notes[0]);
        var result = _sandbox.Run<WithSolution>("Show --solution C.slnx");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"Solution stays empty: There is no solution {_sandbox.Root / "C.slnx"}", result.Out);
    }

    [Fact]
    public void What_is_no_solution_is_refused()
    {
        Assert.Contains("neither .sln nor .slnx", Assert.Throws<UsageException>(() => (_sandbox.Root / "x.txt").TouchFile().ReadSolution()).Message);
        Assert.Contains("cannot be read as a solution", Assert.Throws<UsageException>(() => (_sandbox.Root / "x.slnx").WriteAllText("<Wrong>").ReadSolution()).Message);
    }

    [Fact]
    public void A_solution_is_saved_as_it_was_read()
    {
        var file = (_sandbox.Root / "A.slnx").WriteAllText(Slnx);
        file.ReadSolution().Save();
        Assert.Equal(2, file.ReadSolution().AllProjects.Count);
    }

    private sealed class Usual : NotingBuild, ITest
    {
        Configure<DotNetTestSettings> ITest.TestSettings => _ => _.EnableNoRestore();

        private Target Ask => _ => _.DependsOn<ICompile>(x => x.Compile).Executes(() =>
        {
            ITest self = this;
            var project = self.Solution.GetProject("One")!;
            Notes.Add($"{string.Join(',', project.GetTargetFrameworks())} {project.GetProperty("AssemblyName")} {project.GetProperty<bool>("IsPackable")} {project.GetProperty("NoSuchProperty") is null} {project.GetOutputType()} {string.Join(',', project.GetItems("Mine"))} {project.HasPackageReference("None")}");
            Notes.Add($"{self.Configuration} {(project.Directory / "bin" / self.Configuration / "net10.0" / "One.dll").FileExists()}");
        });
    }

    [Fact]
    public void The_usual_components_restore_compile_and_test_a_real_project()
    {
        (_sandbox.Root / "All.slnx").WriteAllText("""<Solution><Project Path="One/One.csproj" /></Solution>""");
        (_sandbox.Root / "Directory.Build.props").WriteAllText("<Project />");
        (_sandbox.Root / "Directory.Packages.props").WriteAllText("<Project />");
        (_sandbox.Root / "One" / "One.csproj").WriteAllText("""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><Mine Include="a;b" /></ItemGroup>
            </Project>
            """);
        (_sandbox.Root / "One" / "One.cs").WriteAllText("public class One;");
        var result = _sandbox.Run<Usual>("Ask Test --configuration release");
        Assert.True(result.ExitCode == 0, result.All);
        Assert.Equal(["net10.0 One True True Library a,b False", "Release True"], result.Notes);
        Assert.Contains("Compile", result.Out);
    }
}
