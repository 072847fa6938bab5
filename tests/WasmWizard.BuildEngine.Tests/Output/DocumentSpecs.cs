using System.Text.Json;
using System.Text.Json.Nodes;

namespace WasmWizard.Tests.BuildEngine.Output;

/// <summary>--json: one document on stdout, people on stderr. NUKE has none of it.</summary>
public sealed class DocumentSpecs : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    private sealed class Publishing : NotingBuild
    {
        [Parameter, Secret] private readonly string? Token;

        private Target Verify => _ => _.Executes(
            () => PublishDocument(nameof(Verify), """{ "allowed": false }"""),
            () => throw new BuildFailedException(3, "refused"));
        private Target Gate => _ => _.Executes(() => PublishDocument(nameof(Gate), """{ "gate": true }"""));
        private Target Status => _ => _.DependsOn(Gate).Executes(() => PublishDocument(nameof(Status), JsonSerializer.Serialize(new { status = "ok", token = Token ?? "" })));
        private Target After => _ => _.DependsOn(Status).Executes(() => PublishDocument(nameof(After), "[1]"));
        private Target Silent => _ => _.DependsOn(Gate).Executes(Note("Silent"));
        private Target Nothing => _ => _.Executes(Note("Nothing"));
        private Target Wrong => _ => _.Executes(() => PublishDocument(nameof(Wrong), "{ not json"));
    }

    private static JsonNode Parse(RunResult result) => JsonNode.Parse(result.Out)!;

    [Fact]
    public void A_failing_target_still_prints_its_document_and_keeps_its_exit_code()
    {
        var result = _sandbox.Run<Publishing>("Verify --json");
        Assert.Equal(3, result.ExitCode);
        Assert.False(Parse(result)["allowed"]!.GetValue<bool>());
        Assert.Contains("refused", result.Err);
    }

    [Theory]
    [InlineData("Status After --json", """[1]""")]
    [InlineData("After Status --json", """{ "status": "ok", "token": "" }""")]
    [InlineData("Status Nothing --json", """{ "status": "ok", "token": "" }""")]
    [InlineData("Silent --json", """{ "gate": true }""")]
    public void The_target_invoked_last_wins_else_the_document_published_last(string commandLine, string document) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(document), Parse(_sandbox.Run<Publishing>(commandLine))));

    [Fact]
    public void The_file_is_written_always_and_secrets_are_masked_in_it()
    {
        _sandbox.Environment["NUKE_TOKEN"] = "s3cr\"et-token";
        var result = _sandbox.Run<Publishing>("Status");
        Assert.Contains("Build succeeded.", result.Out);
        var file = _sandbox.Root / "artifacts" / "status.json";
        Assert.Equal("{\"status\":\"ok\",\"token\":\"***\"}\n", file.ReadAllText());
    }

    [Theory]
    [InlineData("Nothing --json", 0)]
    [InlineData("Unknown --json", 2)]
    [InlineData("Wrong --json", 1)]
    [InlineData("--help --json", 0)]
    [InlineData("Silent --plan --json", 0)]
    [InlineData("Nothing --root nowhere --json", 2)]
    public void Stdout_carries_exactly_one_document_whatever_happens(string commandLine, int exitCode)
    {
        var result = _sandbox.Run<Publishing>(commandLine);
        Assert.Equal(exitCode, result.ExitCode);
        var document = Parse(result);
        if (commandLine.Contains("--help", StringComparison.Ordinal))
            Assert.Contains(document["targets"]!.AsArray(), target => target!["name"]!.ToString() == "Status");
        else if (commandLine.Contains("--plan", StringComparison.Ordinal))
            Assert.Equal(["Gate", "Silent"], document["plan"]!.AsArray().Select(target => target!["name"]!.ToString()));
        else
            Assert.Equal(exitCode, document["exitCode"]!.GetValue<int>());
    }

    [Fact]
    public void A_document_that_is_no_json_is_refused_and_not_written()
    {
        Assert.Equal(1, _sandbox.Run<Publishing>("Wrong").ExitCode);
        Assert.False((_sandbox.Root / "artifacts" / "wrong.json").FileExists());
    }
}
