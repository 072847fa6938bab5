using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace WasmWizard.Repository.Tests.House;

/// <summary>The page after which a stranger deploys to a cluster: what it names is there, and what a deployment reads is named.</summary>
public sealed partial class ClusterPageSpecs
{
    private static readonly string Page = Read("docs/runbooks/deploy-to-a-cluster.md");

    /// <summary>What decides about a cluster's environment; each of these files reads parameters of the build.</summary>
    private static readonly IReadOnlyList<string> Composition =
    [
        "build/Composition/ClusterEnvironment.cs", "build/Composition/ClusterAddress.cs", "build/Composition/ClusterDatabase.cs",
        "build/Composition/Attestor.cs", "build/Composition/DeployedEnvironment.cs",
    ];

    private static readonly HashSet<string> Parameters =
        Objects(JsonNode.Parse(Read(".nuke/build.schema.json"))).SelectMany(node => (node["properties"] as JsonObject)?.Select(property => Kebab(property.Key)) ?? []).ToHashSet();

    private static readonly HashSet<string> OwnParameters =
        Repository.Files("*.cs", "build/Targets").SelectMany(path => ParameterMember().Matches(Read(path))).Select(match => match.Groups[1].Value).ToHashSet();

    /// <summary>The command as the page and the README show it, with what it must be given.</summary>
    public static TheoryData<string> Documents => ["docs/runbooks/deploy-to-a-cluster.md", "README.md"];

    [Fact]
    public void Every_parameter_and_variable_that_the_page_names_is_the_builds()
    {
        var variables = Repository.Files("*.cs", "build", "src").SelectMany(path => Variable().Matches(Read(path))).Select(match => match.Groups[1].Value).ToHashSet();
        var unknown = Options(Page).Where(option => !Parameters.Contains(option)).Select(option => $"--{option}")
            .Concat(Prefixed().Matches(Page).Select(match => match.Groups[1].Value.ToLowerInvariant().Replace('_', '-')).Where(name => !Parameters.Contains(name)))
            .Concat(Spelled().Matches(Page).Select(match => match.Groups[1].Value).Where(name => !name.StartsWith("NUKE_", StringComparison.Ordinal) && !variables.Contains(name)));

        Assert.NotEmpty(Options(Page));
        Faults.AssertNone(unknown.Select(name => $"the page names {name}, which the build does not know"));
    }

    [Fact]
    public void Every_parameter_that_a_cluster_is_deployed_with_is_on_the_page()
    {
        var read = Composition.SelectMany(path => BuildMember().Matches(Read(path))).Select(match => match.Groups[1].Value).Where(OwnParameters.Contains)
            .Concat(["Mirror", "BaseImage", "Advisories", "Agreed", "On"]).Select(Kebab).Distinct().Order(StringComparer.Ordinal).ToList();

        Assert.True(read.Count >= 14, string.Join(", ", read));
        Faults.AssertNone(read.Except(Options(Page)).Select(name => $"a deployment reads --{name}, and the page does not say what it is"));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void The_command_has_all_that_is_required(string document)
    {
        var command = DeployCommand().Match(Read(document)).Groups[1].Value;
        var asked = Composition.SelectMany(path => Asked().Matches(Read(path))).Select(match => match.Groups[1].Value).ToHashSet();
        var secrets = Secrets().Match(Read("build/Strategy.cs")).Groups[1].Value.Split(',').Select(name => name.Trim(' ', '"')).Where(name => name.EndsWith("_URL", StringComparison.Ordinal))
            .Select(name => name.ToLowerInvariant().Replace('_', '-') + "-file").ToList();

        Assert.Equal(["kube-context", "registry"], asked.Order(StringComparer.Ordinal));
        Assert.Equal(["database-url-file", "redis-url-file"], secrets);
        Faults.AssertNone(asked.Concat(secrets).Append("signing-key").Except(Options(command)).Select(name => $"{document} shows the command without --{name}"));
    }

    [Fact]
    public void The_page_says_of_each_required_parameter_that_it_is()
    {
        var required = Rows().Matches(Page).Where(row => row.Groups[2].Value.Contains("required", StringComparison.Ordinal)).SelectMany(row => Options(row.Groups[1].Value));

        Assert.Equal(["database-url-file", "kube-context", "redis-url-file", "registry", "signing-key"], required.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Images_that_the_page_replaces_are_those_that_the_manifests_name()
    {
        var replaced = Replaced().Matches(Page).Select(match => (match.Groups[1].Value, match.Groups[2].Value)).ToList();

        Assert.Equal(2, replaced.Count);
        Assert.All(replaced, one => Assert.Matches(new Regex(one.Item1, RegexOptions.Multiline), Read(one.Item2)));
        Assert.Equal(
            ["docker.io/library/redis:7.4"],
            Repository.Files("*.yaml", "k8s/production").SelectMany(path => Image().Matches(Read(path))).Select(match => match.Groups[1].Value).Where(image => !image.StartsWith("registry.invalid/", StringComparison.Ordinal)).Distinct());
    }

    private static string Read(string path) => File.ReadAllText(Repository.At(path));

    /// <summary>Options of this build: those of other programs stand behind their names.</summary>
    private static List<string> Options(string text) =>
        [.. text.Split('\n').Where(line => !Foreign().IsMatch(line)).SelectMany(line => Option().Matches(ForeignSpan().Replace(line, ""))).Select(match => match.Groups[1].Value).Distinct()];

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject whole => whole.SelectMany(property => Objects(property.Value)).Prepend(whole),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };

    private static string Kebab(string name) => Upper().Replace(name, "-$0").TrimStart('-').ToLowerInvariant();

    [GeneratedRegex(@"(?<![\w-])--([a-z][a-z-]*[a-z])")]
    private static partial Regex Option();

    [GeneratedRegex(@"^(kubectl|openssl|printf|sed|apt-get) ")]
    private static partial Regex Foreign();

    [GeneratedRegex(@"`(kubectl|openssl|apt-get) [^`]*`")]
    private static partial Regex ForeignSpan();

    [GeneratedRegex(@"`NUKE_([A-Z_]+[A-Z])`")]
    private static partial Regex Prefixed();

    [GeneratedRegex(@"`\$?([A-Z][A-Z_]*_[A-Z]+|KUBECONFIG)\b")]
    private static partial Regex Spelled();

    [GeneratedRegex(@"Variable\(""([A-Z_]+)""\)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\[Parameter\([^\n]*\)\]\n    [\w?<>]+ (\w+) =>")]
    private static partial Regex ParameterMember();

    [GeneratedRegex(@"\bbuild\.(\w+)")]
    private static partial Regex BuildMember();

    [GeneratedRegex(@"new\(""WW\d{4}"", ""no \w+ is named"", ""--([a-z-]+):")]
    private static partial Regex Asked();

    [GeneratedRegex(@"Secrets = \[([^\]]+)\]")]
    private static partial Regex Secrets();

    [GeneratedRegex(@"^(\./build\.sh Deploy --branch master .*)$", RegexOptions.Multiline)]
    private static partial Regex DeployCommand();

    [GeneratedRegex(@"^\| (`--[^|]*) \| ([^|]*) \|$", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex(@"^sed 's\|([^|]+)\|[^']*' (\S+)", RegexOptions.Multiline)]
    private static partial Regex Replaced();

    [GeneratedRegex(@"^ *image: ""?([^""\n]+)", RegexOptions.Multiline)]
    private static partial Regex Image();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Upper();
}
