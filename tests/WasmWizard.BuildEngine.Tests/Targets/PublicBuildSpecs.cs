using System.Text.Json.Nodes;

namespace WasmWizard.Tests.BuildEngine.Targets;

/// <summary>
/// Builds in the style of public ones (tests/WasmWizard.BuildEngine.Builds), whose sources compile on NUKE and Fallout too. What each command line plans
/// and how it ends is written down by NUKE's rules, so that the real packages can be held to the same rows.
/// </summary>
public sealed class PublicBuildSpecs : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public PublicBuildSpecs() => File.Copy(Path.Combine(AppContext.BaseDirectory, "Library.slnx"), _sandbox.Root / "Library.slnx");

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData("", "Restore Succeeded, Compile Succeeded", 0)]
    [InlineData("Clean Compile", "Clean Succeeded, Restore Succeeded, Compile Succeeded", 0)]
    [InlineData("Pack --configuration Debug", "Restore Succeeded, Compile Succeeded, Pack Succeeded", 0)]
    [InlineData("Pack Sign --configuration Debug", "Restore Succeeded, Compile Succeeded, Sign Skipped, Pack Succeeded", 0)]
    [InlineData("Sign --configuration Release", "", 2)]
    [InlineData("Sign --configuration Release --certificate thumbprint-of-it", "Restore Succeeded, Compile Succeeded, Sign Succeeded", 0)]
    [InlineData("Test", "Restore Succeeded, Compile Succeeded, ApiChecks Succeeded, UnitTests Succeeded, Test Collective, Report Succeeded", 0)]
    [InlineData("Test --tests broken", "Restore Succeeded, Compile Succeeded, ApiChecks Succeeded, UnitTests Failed, Test Collective, Report Succeeded", 1)]
    [InlineData("Test --skip Compile", "Restore Skipped, Compile Skipped, ApiChecks Succeeded, UnitTests Succeeded, Test Collective, Report Succeeded", 0)]
    [InlineData("Announce --channel none", "Announce Skipped", 0)]
    [InlineData("Announce Sign --configuration Debug", "Restore Skipped, Compile Skipped, Sign Skipped, Announce Succeeded", 0)]
    public void A_library(string commandLine, string outcome, int exitCode) => AssertRun<LibraryBuild>(commandLine, outcome, exitCode, x => x.Compile);

    [Theory]
    [InlineData("Site1", "Fetch Succeeded, Assets Succeeded, Site1 Succeeded, Smoke Succeeded", 0)]
    [InlineData("Upload", "", 2)]
    [InlineData("Upload CleanUp --deploy-key key-of-deploys", "Fetch Succeeded, Assets Succeeded, Site1 Succeeded, Upload Succeeded, Smoke Succeeded, CleanUp Succeeded", 0)]
    [InlineData("Announce", "Notify Succeeded, Announce Succeeded", 0)]
    [InlineData("Announce --force --deploy-key key-of-deploys --skip Smoke", "Fetch Succeeded, Assets Succeeded, Site1 Succeeded, Upload Succeeded, Smoke Skipped, Notify Succeeded, Announce Succeeded", 0)]
    public void A_service(string commandLine, string outcome, int exitCode) => AssertRun<ServiceBuild>(commandLine, outcome, exitCode);

    [Fact]
    public void A_solution_has_its_projects_as_members()
    {
        var result = _sandbox.Run<TypedBuild>("Show");
        Assert.Contains("Acme.Text.Json src Acme.Text.Tests Acme.Tool", result.Out);
        Assert.Contains("4 projects", result.Out);
    }

    /// <summary>Serial and parallel runs end the same; the order of the serial one is the plan's.</summary>
    private void AssertRun<T>(string commandLine, string outcome, int exitCode, params Func<T, Target>[] defaults)
        where T : NukeBuild, new()
    {
        foreach (var jobs in new[] { 1, 4 })
        {
            var result = _sandbox.Run($"{commandLine} --jobs {jobs} --json", defaults);
            Assert.True(exitCode == result.ExitCode, result.All);
            var targets = JsonNode.Parse(result.Out)!["targets"]?.AsArray() ?? [];
            Assert.Equal(outcome, string.Join(", ", targets.Select(target => $"{target!["name"]} {target["status"]}")));
        }
    }
}
