/// <summary>
/// The table of contents: which capabilities the build is composed of, and what a bare <c>./build.sh</c> does. Targets live in
/// <c>Targets/</c>, decisions in <c>src/WasmWizard.Delivery</c>, the strategy in <c>Strategy.cs</c>.
/// </summary>
public sealed class Build : NukeBuild, IDeploy, IDatabase, IOpsImage, IReport, IProtect, ICheck, IRehearse, IRelease, IIncident, IUpdateActions
{
    [Solution("WasmWizard.sln")]
    private readonly Solution _solution = null!;

    private readonly Lazy<Workspace> _workspace;

    public Build() => _workspace = new(() => new(RootDirectory, ((IWorkspace)this).Branch));

    public Solution Solution => _solution;

    public Workspace Workspace => _workspace.Value;

    /// <summary>What a deployment lacks is told before its first gate runs.</summary>
    protected override void OnBuildInitialized()
    {
        if (ExecutionPlan.Contains(((IDeploy)this).Deploy))
            Operations.RequireDeployable(this);
    }

    public static int Main() => Execute<Build>(x => ((IVerify)x).Verify);
}
