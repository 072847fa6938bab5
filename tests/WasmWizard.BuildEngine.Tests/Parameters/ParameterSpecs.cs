using System.ComponentModel;

namespace WasmWizard.Tests.BuildEngine.Parameters;

/// <summary>Section 1.5 and the command line of section 2. Stricter than NUKE: unknown names, bad values and doubtful words are faults, and the environment counts under NUKE_ only.</summary>
public sealed class ParameterSpecs : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    public enum Size
    {
        Small,
        Large,
    }

    [TypeConverter(typeof(TypeConverter<Flavour>))]
    public sealed class Flavour : Enumeration
    {
        public static readonly Flavour Sweet = new() { Value = nameof(Sweet) };
        public static readonly Flavour Salty = new() { Value = nameof(Salty) };

        public static implicit operator string(Flavour flavour) => flavour.Value;
    }

    public sealed record Limits(int Depth, string? Name);

    [ParameterPrefix("GitHubRelease")]
    public interface IRelease : INukeBuild
    {
        [Parameter("The title")] string Title => TryGetValue(() => Title) ?? "untitled";

        [Parameter] int Days => TryGetValue<int?>(() => Days) ?? 7;
    }

    private sealed class Values : NotingBuild, IRelease
    {
        [Parameter] private readonly string Text = "initial";
        [Parameter] private string Property { get; } = "initial";
        [Parameter] private string Settable { get; set; } = "initial";
        [Parameter] private readonly bool Switch;
        [Parameter] private readonly bool? MaybeSwitch;
        [Parameter] private readonly int Number = 5;
        [Parameter] private readonly double? Ratio;
        [Parameter] private readonly TimeSpan Wait = TimeSpan.FromSeconds(1);
        [Parameter] private readonly Size Size = Size.Large;
        [Parameter] private readonly Flavour Flavour = Flavour.Sweet;
        [Parameter] private readonly AbsolutePath? Folder;
        [Parameter] private readonly string[] Words = ["initial"];
        [Parameter(Separator = ",")] private readonly int[] Numbers = [];
        [Parameter] private readonly IReadOnlyList<Size> Sizes = [];
        [Parameter] private readonly List<string> Mutable = [];
        [Parameter(Name = "force-nuget-version")] private readonly string? Renamed;
        [Parameter] private readonly string? NuGetApiUrl;
        [Parameter] private readonly Limits? Limits;
        [Parameter] private readonly Version? Version;

        private Target Show => _ => _.Executes(() =>
        {
            Notes.Add($"{Text}|{Property}|{Settable}|{Switch}|{MaybeSwitch}|{Number}|{Ratio}|{Wait}|{Size}|{Flavour}");
            Notes.Add($"{Folder}|{string.Join('+', Words)}|{string.Join('+', Numbers)}|{string.Join('+', Sizes)}|{string.Join('+', Mutable)}|{Renamed}|{NuGetApiUrl}|{Limits?.Depth}|{Limits?.Name}|{Version}");
            IRelease release = this;
            Notes.Add($"{release.Title}|{release.Days}");
        });
    }

    private string Show(string commandLine, int line = 0)
    {
        var result = _sandbox.Run<Values>("Show " + commandLine);
        Assert.True(result.ExitCode == 0, result.Err);
        return result.Notes[line];
    }

    [Fact]
    public void Without_values_the_initializers_stay()
    {
        Assert.Equal("initial|initial|initial|False||5||00:00:01|Large|Sweet", Show(""));
        Assert.Equal("|initial||||||||", Show("", 1));
        Assert.Equal("untitled|7", Show("", 2));
    }

    [Fact]
    public void Every_shape_of_member_and_type_takes_its_value_from_the_command_line()
    {
        Assert.Equal(
            "a|b|c|True|False|-7|0.25|00:02:00|Small|Salty",
            Show("--text a --property b -Settable c --switch --maybe-switch false --number -7 --ratio 0.25 --wait 00:02:00 --size small --flavour SALTY"));
        Assert.Equal(
            $"{_sandbox.Root / "x"}|a+b+c|1+2+3|Small+Large|m+n|9.9|u|||1.2.3",
            Show("--folder x --words a b c --numbers 1,2 3 --sizes small large --mutable m n --force-nuget-version 9.9 --nuget-api-url u --version 1.2.3", 1));
        Assert.Equal("first|30", Show("--github-release-title first --git-hub-release-days 30", 2));
    }

    [Theory]
    [InlineData("--text one --text two", "two")]
    [InlineData("--TEXT=a=b", "a=b")]
    [InlineData("--te_xt -x", "")]
    public void The_last_occurrence_wins_and_a_name_is_compared_without_dashes_underscores_and_case(string commandLine, string text)
    {
        var result = _sandbox.Run<Values>("Show " + commandLine);
        if (text.Length > 0)
            Assert.StartsWith(text + "|", result.Notes[0]);
        else
            Assert.Contains("--te_xt needs a value.", result.Err);
    }

    [Fact]
    public void Command_line_wins_over_environment_over_profile_over_file_over_initializer()
    {
        (_sandbox.Root / ".nuke" / "parameters.json").WriteAllText("""{ "$schema": "x", "Text": "file", "Number": 1, "Words": ["f", "g"], "Switch": true, "Limits": { "Depth": 3, "Name": "n" }, "Sizes": ["Small"], "Ratio": null }""");
        (_sandbox.Root / ".nuke" / "parameters.one.json").WriteAllText("""{ "text": "one", "number": 2, }""");
        (_sandbox.Root / ".nuke" / "parameters.two.json").WriteAllText("""{ "number": 3 } // the last one wins""");
        Assert.StartsWith("file|initial|initial|True||1|", Show(""));
        Assert.Equal("|f+g||Small||||3|n|", Show("", 1));
        Assert.StartsWith("one|initial|initial|True||3|", Show("--profile one two"));
        _sandbox.Environment["NUKE_TEXT"] = "environment";
        _sandbox.Environment["NUKE_Words"] = "x  y";
        _sandbox.Environment["NUKE_NUMBERS"] = "4,5";
        Assert.StartsWith("environment|", Show("--profile one two"));
        Assert.StartsWith("|x+y|4+5|", Show("", 1));
        Assert.StartsWith("typed|", Show("--profile one --text typed"));
    }

    [Fact]
    public void Variables_count_under_the_prefix_only_and_an_empty_one_not_at_all()
    {
        foreach (var name in new[] { "TEXT", "Text", "NUKETEXT", "NUMBER" })
            _sandbox.Environment[name] = "13";
        _sandbox.Environment["NUKE_TEXT"] = "";
        _sandbox.Environment["NUKE_TELEMETRY_OPTOUT"] = "1";
        Assert.StartsWith("initial|initial|initial|False||5|", Show(""));
    }

    [Fact]
    public void Two_variables_for_one_parameter_must_agree()
    {
        _sandbox.Environment["NUKE_NUGET_API_URL"] = "a";
        _sandbox.Environment["NUKE_NUGETAPIURL"] = "a";
        Assert.Contains("|a|", Show("", 1));
        _sandbox.Environment["NUKE_NUGETAPIURL"] = "b";
        var result = _sandbox.Run<Values>("Show");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("The environment gives --nuget-api-url twice with different values: NUKE_NUGETAPIURL and NUKE_NUGET_API_URL", result.Err);
    }

    [Fact]
    public void All_faults_of_all_sources_are_listed_at_once()
    {
        (_sandbox.Root / ".nuke" / "parameters.json").WriteAllText("""{ "Size": "huge", "Nunber": 1, "Limits": { "Depth": "deep" } }""");
        (_sandbox.Root / ".nuke" / "parameters.bad.json").WriteAllText("[]");
        _sandbox.Environment["NUKE_NUMBER"] = "many";
        var result = _sandbox.Run<Values>("Show --flavour bitter --switch Sho --text a b --ratio x --wait soon --numbers 1,b --profile bad absent --host Moon --property --version x");
        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Notes);
        foreach (var fault in new[]
        {
            "Size in .nuke/parameters.json must be one of Small, Large.",
            "Unknown parameter Nunber in .nuke/parameters.json. Did you mean Number or Numbers?",
            "Limits in .nuke/parameters.json must be JSON of the shape of Limits.",
            ".nuke/parameters.bad.json is not a JSON object",
            "Profile file .nuke/parameters.absent.json does not exist.",
            "NUKE_NUMBER must be a whole number.",
            "--flavour must be one of Sweet, Salty.",
            "--switch is a switch",
            "--text takes one value but 2 words follow it.",
            "--ratio must be a number.",
            "--wait must be a duration",
            "--numbers must be a whole number each.",
            "There is no host of that name. The hosts are GitHubActions and Terminal.",
            "--property needs a value.",
            "--version must be a value of type Version.",
        })
            Assert.Contains(fault, result.Err);
    }

    [Fact]
    public void A_refused_value_is_never_repeated()
    {
        var result = _sandbox.Run<Values>("Show --number hunter2");
        Assert.DoesNotContain("hunter2", result.All);
    }

    private sealed class Own : NotingBuild
    {
        [Parameter] private readonly bool Json;
        [Custom] private readonly string Custom = "initial";

        private Target Show => _ => _.Executes(() => Notes.Add($"{Json} {Custom}"));
    }

    private sealed class CustomAttribute() : ParameterAttribute("Custom")
    {
        public override object? GetValue(System.Reflection.MemberInfo member, object instance) => base.GetValue(member, instance) is string text ? text + "!" : null;
    }

    [Fact]
    public void A_build_may_declare_a_parameter_of_the_engine_and_derive_its_own_attributes()
    {
        Assert.Equal("True x!", _sandbox.Run<Own>("Show --json --custom x").Order);
        Assert.Equal("False initial", _sandbox.Run<Own>("Show").Order);
    }

    private sealed class Undeclared : NotingBuild
    {
        private static string Nothing => "";

        private Target Show => _ => _.Executes(() => TryGetValue(() => Nothing));
    }

    [Fact]
    public void Asking_for_a_member_without_an_attribute_says_so() => Assert.Contains("Nothing has no attribute", _sandbox.Run<Undeclared>("Show").Out);

    [Theory]
    [InlineData("NuGetApiKey", "nuget-api-key")]
    [InlineData("GitHubToken", "github-token")]
    [InlineData("MyDotNetPath", "my-dotnet-path")]
    [InlineData("OCTOPUS_X", "octopus-x")]
    [InlineData("HTTPServer", "http-server")]
    [InlineData("DeployTo", "deploy-to")]
    [InlineData("already-kebab", "already-kebab")]
    [InlineData("UseMSBuild", "use-msbuild")]
    public void Names_are_written_in_kebab_case_with_known_words_whole(string name, string kebab) => Assert.Equal(kebab, NameForm.ToKebabCase(name));

    [Theory]
    [InlineData("Delpoy", "Deploy")]
    [InlineData("brnach", "Branch")]
    [InlineData("Ver", "Verify")]
    [InlineData("Zzzzzz", "")]
    public void The_nearest_name_allows_for_swaps_gaps_and_beginnings(string typed, string nearest) =>
        Assert.Equal(nearest, NearestNames.Of(typed, ["Deploy", "Branch", "Verify", "Clean"]) is [var first, ..] ? first : "");
}
