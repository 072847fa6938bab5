using System.Diagnostics;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.GitHub.Pipelines;
using WasmWizard.Delivery.GitHub.Workflows;
using YamlDotNet.RepresentationModel;

namespace WasmWizard.Delivery.GitHub.Tests.Pipelines;

/// <summary>What one job made reaches another whole, or not at all; the scripts are run as they are written.</summary>
public sealed class ProductSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("product-").FullName;

    private static ParsedWorkflow Written { get; } =
        new(WorkflowText.Write(DeployWorkflow.Of(Samples.Definition, Samples.Strategy.Of(EnvironmentName.Staging)), []));

    [Fact]
    public void The_job_that_makes_the_image_says_its_hash_and_the_deployment_reads_it()
    {
        Assert.Equal("${{ steps.product.outputs.digest }}", Written.Jobs["image"]["outputs"]["digest"].ToString());
        Assert.Contains("image", ParsedWorkflow.Needs(Written.Jobs["deploy"]));
        Assert.Equal("${{ needs.image.outputs.digest }}", Taking["env"]["DIGEST"].ToString());
    }

    [ToolFact("bash", "sha256sum")]
    public void The_same_files_are_taken()
    {
        Write("app.tar", "layer");
        Write("oci/blobs/one", "blob");

        Assert.Equal(0, Run(Taking["run"].ToString(), ("DIGEST", Said())).ExitCode);
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("renamed")]
    [InlineData("added")]
    [InlineData("missing")]
    public void Other_files_are_refused_by_exit_code_3_and_the_reason(string how)
    {
        Write("app.tar", "layer");
        Write("oci/blobs/one", "blob");
        var said = Said();
        if (how is "renamed" or "missing")
            File.Delete(Path.Combine(_folder, "artifacts/image/oci/blobs/one"));
        if (how == "renamed")
            Write("oci/blobs/other", "blob");
        if (how == "changed")
            Write("app.tar", "Layer");
        if (how == "added")
            Write("more", "");

        var (exitCode, output) = Run(Taking["run"].ToString(), ("DIGEST", said));

        Assert.Equal(3, exitCode);
        Assert.Contains($"required: {said}", output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_signs_runs_inside_the_job_that_deploys_because_no_other_holds_a_key()
    {
        List<PipelineTarget> targets =
        [
            .. Samples.Targets.Where(target => target.Name != "Deploy"),
            new("Attest", "Sign", ["Image"]) { Product = "artifacts/attestations", NeedsKey = true },
            new("Deploy", "Deploy", ["Verify", "Attest"]),
        ];

        var written = new ParsedWorkflow(WorkflowText.Write(DeployWorkflow.Of(new(Samples.Strategy, targets, Samples.Actions), Samples.Strategy.Of(EnvironmentName.Production)), []));

        Assert.DoesNotContain("attest", written.Jobs.Keys);
        var deploy = ParsedWorkflow.StepsOf(written.Jobs["deploy"]).ToList();
        Assert.Contains(deploy, step => step.Children.ContainsKey("env") && step["env"].ToString().Contains("secrets.SIGNING_KEY", StringComparison.Ordinal));
        Assert.Equal("product-attest", deploy[^1]["with"]["name"].ToString());
        Assert.DoesNotContain(written.Jobs.Where(job => job.Key != "deploy").SelectMany(job => ParsedWorkflow.StepsOf(job.Value)),
            step => step.ToString().Contains("SIGNING_KEY", StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static YamlMappingNode Taking => ParsedWorkflow.StepsOf(Written.Jobs["deploy"])
        .Single(step => ParsedWorkflow.Text(step, "name")?.StartsWith("Hold artifacts/image", StringComparison.Ordinal) == true);

    private string Said()
    {
        var output = Path.Combine(_folder, "output");
        var saying = ParsedWorkflow.StepsOf(Written.Jobs["image"]).Single(step => ParsedWorkflow.Text(step, "id") == "product");
        var (exitCode, text) = Run(saying["run"].ToString(), ("GITHUB_OUTPUT", output));
        Assert.True(exitCode == 0, text);
        var said = File.ReadAllText(output).Trim();
        Assert.Matches("^digest=sha256:[0-9a-f]{64}$", said);
        return said["digest=".Length..];
    }

    private void Write(string name, string content)
    {
        var file = Path.Combine(_folder, "artifacts/image", name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }

    private (int ExitCode, string Output) Run(string script, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("bash", ["-eo", "pipefail", "-c", script]) { WorkingDirectory = _folder, RedirectStandardOutput = true };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
