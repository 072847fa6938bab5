using System.Reflection;
using WasmWizard.BuildEngine.IO;

namespace WasmWizard.BuildEngine.ProjectModel;

/// <summary>
/// The solution: from the path given here (relative to the root), else from a parameter with the member's name, else the only solution file in the root.
/// </summary>
/// <param name="relativePath">Relative to the root.</param>
public sealed class SolutionAttribute(string? relativePath = null) : ValueInjectionAttributeBase
{
    /// <summary>The member's type has a member per project, generated from the solution file; see build/engine.generators.</summary>
    public bool GenerateProjects { get; set; }

    /// <summary>Whether the path comes from a parameter.</summary>
    internal bool IsParameter => relativePath is null;

    /// <inheritdoc/>
    public override object GetValue(MemberInfo member, object instance)
    {
        var given = relativePath is null ? ((NukeBuild)instance).Parameters?.ValueOf(member) as AbsolutePath : NukeBuild.RootDirectory / relativePath;
        var solution = (given ?? OnlySolution(BuildMembers.NameOf(member))).ReadSolution();
        var type = ParameterDiscovery.TypeOf(member);
        return type == typeof(Solution) ? solution : Activator.CreateInstance(type, solution)!;
    }

    private static AbsolutePath OnlySolution(string memberName)
    {
        var found = NukeBuild.RootDirectory.GlobFiles("*.sln", "*.slnx");
        return found.Count == 1
            ? found.Single()
            : throw new UsageException($"{found.Count} solutions are in {NukeBuild.RootDirectory}. Say which one with --{NameForm.ToKebabCase(memberName)} or in {RootDirectories.Marker}/parameters.json.");
    }
}
