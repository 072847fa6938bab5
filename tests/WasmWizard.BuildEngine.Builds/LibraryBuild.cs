/// <summary>A library: the class is the table of contents, components bring the targets, partial files the concerns.</summary>
public sealed partial class LibraryBuild : NukeBuild, ISign, IAnnounce
{
    [Parameter("Configuration to build")]
    private readonly string Configuration = IsLocalBuild ? "Debug" : "Release";

    private AbsolutePath OutputDirectory => RootDirectory / "output";

    private AbsolutePath PackagesDirectory => OutputDirectory / "packages";

    private Target Clean => _ => _
        .Description("Empty the output")
        .Before(Restore)
        .Alone()
        .Executes(() => OutputDirectory.CreateOrCleanDirectory());

    private Target Restore => _ => _
        .Lock("obj")
        .Executes(() => Note("restore"));

    public Target Compile => _ => _
        .Description("Compile everything")
        .DependsOn(Restore)
        .Lock("obj")
        .Executes(() =>
        {
            new[] { "net8.0", "net10.0" }.ForEach(framework => (OutputDirectory / framework / $"{Configuration}.dll").WriteAllText(framework));
            ReportSummary(_ => _.AddPair("Frameworks", 2));
        });

    private Target Pack => _ => _
        .DependsOn(Compile)
        .After<ISign>(x => x.Sign)
        .Produces(PackagesDirectory / "*.nupkg")
        .Requires(() => Configuration)
        .Executes(() => OutputDirectory.GlobFiles("**/*.dll").ForEach(file => (PackagesDirectory / $"{file.Parent!.Name}.nupkg").WriteAllText(file.ReadAllText())));

    Target ISign.Sign => _ => _
        .Inherit<ISign>()
        .DependsOn(Compile)
        .OnlyWhenStatic(() => Configuration == "Release");

    public static int Main() => Execute<LibraryBuild>(x => x.Compile);

    private void Note(string text) => Log.Information("{Text}", text);
}
