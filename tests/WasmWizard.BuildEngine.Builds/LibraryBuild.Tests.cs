public sealed partial class LibraryBuild
{
    [Parameter("Names of the tests to run")]
    private readonly string[] Tests = [];

    private Target UnitTests => _ => _
        .Unlisted()
        .DependsOn(Compile)
        .ProceedAfterFailure()
        .Executes(() => Assert.True(!Tests.Contains("broken"), "a test is broken"));

    private Target ApiChecks => _ => _
        .Unlisted()
        .DependsOn(Compile)
        .Executes(() => Note("api"));

    private Target Test => _ => _
        .Description("Run all checks")
        .DependsOn(UnitTests, ApiChecks)
        .Triggers(Report);

    private Target Report => _ => _
        .AssuredAfterFailure()
        .Consumes(Pack)
        .Executes(() => (OutputDirectory / "report.txt").WriteAllText(FailedTargets.Count > 0 ? "bad" : "good"));
}
