/// <summary>A build whose projects are members, generated from its solution file.</summary>
public sealed class TypedBuild : NukeBuild
{
    [Solution("Library.slnx", GenerateProjects = true)]
    private readonly Library Library = null!;

    public Target Show => _ => _
        .Executes(() =>
        {
            Log.Information("{Name} {Folder} {Tests} {Tool}", Library.src.Acme_Text_Json.Name, Library.src.Name, Library.tests.unit.Acme_Text_Tests.Name, Library.Acme_Tool.Name);
            Log.Information("{Count} projects", Library.AllProjects.Count);
        });

    public static int Main() => Execute<TypedBuild>(x => x.Show);
}
