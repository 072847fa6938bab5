using WasmWizard.Delivery.GitHub.Workflows;

namespace WasmWizard.Delivery.GitHub.Tests.Workflows;

public sealed class WorkflowFaultSpecs
{
    private static readonly Job Sound = new()
    {
        Id = new("one"),
        Runner = Runner.Ubuntu,
        Timeout = TimeSpan.FromMinutes(1),
        Rights = [],
        Steps = [new Step.Run("true")],
    };

    [Fact]
    public void A_sound_workflow_has_none() => Assert.Empty(Of(Sound, Sound with { Id = new("two"), Needs = [new("one")] }));

    [Fact]
    public void Two_jobs_of_one_name_are_one() => Assert.Contains("two jobs are called 'one'", Assert.Single(Of(Sound, Sound)), StringComparison.Ordinal);

    [Fact]
    public void Waiting_for_a_job_that_is_not_above_is_one() =>
        Assert.Contains("'one' needs 'two'", Assert.Single(Of(Sound with { Needs = [new("two")] }, Sound with { Id = new("two") })), StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    public void A_timeout_that_is_not_whole_minutes_is_one(int seconds) =>
        Assert.Contains("whole minutes", Assert.Single(Of(Sound with { Timeout = TimeSpan.FromSeconds(seconds) })), StringComparison.Ordinal);

    [Fact]
    public void A_job_without_steps_is_one() => Assert.Contains("has no step", Assert.Single(Of(Sound with { Steps = [] })), StringComparison.Ordinal);

    [Fact]
    public void An_artifact_name_used_twice_is_one()
    {
        var upload = new Step.Use(Samples.Actions.Find("actions/upload-artifact")!, new Setting("name", "evidence"));

        var fault = Assert.Single(Of(Sound with { Steps = [upload] }, Sound with { Id = new("two"), Steps = [upload] }));

        Assert.Contains("the artifact 'evidence' is uploaded 2 times", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_cannot_hold_an_expression() => Assert.Throws<ArgumentException>(() => new Step.Run("echo ${{ github.head_ref }}"));

    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("a b")]
    [InlineData("a\n")]
    public void A_name_that_the_platform_refuses_cannot_name_a_job(string word) => Assert.Throws<ArgumentException>(() => new JobId(word));

    [Theory]
    [InlineData("Test", "test")]
    [InlineData("VerifyGenerated", "verify-generated")]
    [InlineData("SBOMAttest2Go", "sbom-attest2-go")]
    public void The_job_of_a_target_is_its_name_with_dashes(string target, string job) => Assert.Equal(job, JobId.Of(target).ToString());

    private static IReadOnlyList<string> Of(params Job[] jobs) => new Workflow { File = "x", Name = "X", Triggers = [], Jobs = jobs }.Faults();
}
