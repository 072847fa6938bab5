using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.GitHub.Pipelines;
using WasmWizard.Delivery.GitHub.Workflows;
using YamlDotNet.RepresentationModel;

namespace WasmWizard.Delivery.GitHub.Tests.Pipelines;

/// <summary>The script that a job proves itself to a cluster with, run as it is written, against a stand-in for the platform's issuer.</summary>
public sealed class ClusterAccessSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cluster-").FullName;

    private static YamlMappingNode Step => ParsedWorkflow.StepsOf(
            new ParsedWorkflow(WorkflowText.Write(DeployWorkflow.Of(Samples.Definition, Samples.Strategy.Of(EnvironmentName.Production)), [])).Jobs["deploy"])
        .Single(step => ParsedWorkflow.Text(step, "run")?.Contains("cluster-token", StringComparison.Ordinal) == true);

    [ToolFact("bash", "curl")]
    public async Task Every_question_of_the_client_is_answered_with_a_fresh_token()
    {
        Assert.Equal(0, await Run("bash", ["-eo", "pipefail", "-c", Step["run"].ToString()], ("SERVER", "https://cluster.example.org"), ("AUTHORITY", "QUJD")));
        var config = (YamlMappingNode)Yaml(Path.Combine(_folder, "kubeconfig"));
        Assert.Equal("https://cluster.example.org", config["clusters"][0]["cluster"]["server"].ToString());
        Assert.Equal("QUJD", config["clusters"][0]["cluster"]["certificate-authority-data"].ToString());
        Assert.Equal(config["current-context"].ToString(), config["contexts"][0]["name"].ToString());
        var script = config["users"][0]["user"]["exec"]["command"].ToString();
        Assert.Equal(0, await Run("bash", ["-c", $"test $(stat --format %a '{script}') = 700"]));

        var (credential, request) = await Ask(script, """{"count":1,"value":"a.b.c"}""");

        Assert.Equal("a.b.c", (string?)credential["status"]!["token"]);
        Assert.True((DateTimeOffset)credential["status"]!["expirationTimestamp"]! > DateTimeOffset.UtcNow);
        Assert.Equal(("bearer request-token", "/token?api-version=2&audience=wasm-wizard"), request);
    }

    [ToolFact("bash")]
    public async Task What_is_missing_ends_the_job_before_anything_is_written()
    {
        Assert.Equal(2, await Run("bash", ["-eo", "pipefail", "-c", Step["run"].ToString()], ("SERVER", ""), ("AUTHORITY", "QUJD")));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<(JsonNode Credential, (string? Proof, string Address) Request)> Ask(string script, string answer)
    {
        using var listener = Listen(out var address);
        var served = Task.Run(async () =>
        {
            var context = await listener.GetContextAsync();
            var bytes = System.Text.Encoding.UTF8.GetBytes(answer);
            await context.Response.OutputStream.WriteAsync(bytes);
            context.Response.Close();
            return (context.Request.Headers["Authorization"], context.Request.RawUrl!);
        });
        var output = Path.Combine(_folder, "credential");
        Assert.Equal(0, await Run("bash", ["-c", $"'{script}' > '{output}'"],
            ("ACTIONS_ID_TOKEN_REQUEST_URL", $"{address}token?api-version=2"), ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "request-token")));
        return (JsonNode.Parse(await File.ReadAllTextAsync(output))!, await served);
    }

    private static HttpListener Listen(out string address)
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        probe.Stop();
        var listener = new HttpListener { Prefixes = { address } };
        listener.Start();
        return listener;
    }

    private async Task<int> Run(string tool, string[] arguments, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true };
        foreach (var (name, value) in variables.Append(("RUNNER_TEMP", _folder)).Append(("GITHUB_ENV", Path.Combine(_folder, "environment"))))
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static YamlNode Yaml(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(file)));
        return stream.Documents.Single().RootNode;
    }
}
