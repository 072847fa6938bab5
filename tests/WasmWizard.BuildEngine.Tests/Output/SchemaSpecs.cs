using System.Text.Json.Nodes;

namespace WasmWizard.Tests.BuildEngine.Output;

/// <summary>.nuke/build.schema.json in NUKE's shape; written only when asked for, which NUKE does on every run.</summary>
public sealed class SchemaSpecs : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    private sealed class Described : NotingBuild
    {
        [Parameter("A flag")] private readonly bool Flag;
        [Parameter] private readonly int? Count;
        [Parameter] private readonly double Ratio;
        [Parameter] private readonly string[] Names = [];
        [Parameter, Secret] private readonly string? Key;
        [Parameter(List = false)] private readonly string? Unlisted;
        [Parameter(ValueProviderMember = nameof(Regions))] private readonly string? Region;
        [Parameter(ValueProviderType = typeof(Choices), ValueProviderMember = nameof(Choices.All))] private readonly string? Choice;
        [Parameter] private readonly Configuration[] Configurations = [];

        private IEnumerable<string> Regions => ["north", "south"];

        private Target Generate => _ => _.Executes(() => Notes.Add($"{BuildSchema.WriteIfChanged(this)}"));

        private Target Alpha => _ => _.Unlisted();
    }

    private static class Choices
    {
        public static string[] All() => ["x", "y"];
    }

    [Fact]
    public void It_is_written_when_asked_and_changed_only_and_its_bytes_are_stable()
    {
        var file = _sandbox.Root / ".nuke" / "build.schema.json";
        _sandbox.Run<Described>("--help");
        Assert.False(file.FileExists());
        Assert.Equal("True", _sandbox.Run<Described>("Generate").Order);
        var bytes = file.ReadAllBytes();
        Assert.Equal("False", _sandbox.Run<Described>("Generate --flag --count 3 --region north").Order);
        Assert.Equal(bytes, file.ReadAllBytes());
        Assert.DoesNotContain((byte)'\r', bytes);
        Assert.Equal((byte)'\n', bytes[^1]);
    }

    [Fact]
    public void It_describes_targets_parameters_and_their_values()
    {
        _sandbox.Run<Described>("Generate");
        var schema = JsonNode.Parse((_sandbox.Root / ".nuke" / "build.schema.json").ReadAllText())!;
        Assert.Equal(["Alpha", "Generate"], schema["definitions"]!["ExecutableTarget"]!["enum"]!.AsArray().Select(name => name!.ToString()));
        var properties = schema["allOf"]![0]!["properties"]!.AsObject();
        Assert.Equal(["Choice", "Configurations", "Count", "Flag", "Key", "Names", "Ratio", "Region"], properties.Select(property => property.Key));
        Assert.Equal("A flag", properties["Flag"]!["description"]!.ToString());
        Assert.Equal("boolean", properties["Flag"]!["type"]!.ToString());
        Assert.Equal("integer", properties["Count"]!["type"]!.ToString());
        Assert.Equal("number", properties["Ratio"]!["type"]!.ToString());
        Assert.Equal("array", properties["Names"]!["type"]!.ToString());
        Assert.Equal("""["north","south"]""", properties["Region"]!["enum"]!.ToJsonString());
        Assert.Equal("""["x","y"]""", properties["Choice"]!["enum"]!.ToJsonString());
        Assert.Equal("""["Debug","Release"]""", properties["Configurations"]!["items"]!["enum"]!.ToJsonString());
        Assert.Equal("#/definitions/Verbosity", schema["definitions"]!["NukeBuild"]!["properties"]!["Verbosity"]!["$ref"]!.ToString());
    }

    [Fact]
    public void Outside_of_a_run_there_is_no_schema() => Assert.Throws<InvalidOperationException>(() => BuildSchema.TextOf(new Described()));
}
