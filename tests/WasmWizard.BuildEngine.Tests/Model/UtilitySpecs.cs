using System.ComponentModel;
using EngineAssert = WasmWizard.BuildEngine.Assert;

namespace WasmWizard.Tests.BuildEngine.Model;

/// <summary>Sections 1.5 and 1.12: enumerations, assertions, collections and the environment.</summary>
public sealed class UtilitySpecs
{
    [Fact]
    public void Enumerations_compare_by_text_and_convert_ignoring_case()
    {
        var (debug, release) = (Configuration.Debug, Configuration.Release);
        Assert.True(debug != release && debug < release && release > debug && debug <= release && release >= debug && debug.Equals((object)Configuration.Debug));
        Assert.True((Configuration?)null == null && null < debug && !(null > debug) && debug.GetHashCode() == Configuration.Debug.GetHashCode());
        string text = release;
        Assert.Equal("Release", text);
        var converter = TypeDescriptor.GetConverter(typeof(Configuration));
        Assert.True(converter.CanConvertFrom(typeof(string)));
        Assert.Same(debug, converter.ConvertFromString("dEbug"));
        Assert.Equal("Debug", converter.ConvertToString(debug));
        Assert.Contains("none of Debug, Release", Assert.Throws<FormatException>(() => converter.ConvertFromString("x")).Message);
        string type = ReportTypes.Html;
        Assert.Equal("Html", type);
    }

    [Fact]
    public void Assertions_end_a_target_with_what_was_expected()
    {
        var empty = Array.Empty<int>();
        EngineAssert.True(true);
        EngineAssert.False(false);
        EngineAssert.Empty(empty);
        EngineAssert.NotEmpty([1]);
        EngineAssert.HasSingleItem([1]);
        EngineAssert.DirectoryExists("/");
        foreach (var (fails, message) in new (Action, string)[]
        {
            (() => EngineAssert.True(empty.Length > 0), "Expected that empty.Length > 0 is true."),
            (() => EngineAssert.False(empty.Length == 0), "Expected that empty.Length == 0 is false."),
            (() => EngineAssert.NotEmpty(empty), "Expected that empty has members."),
            (() => EngineAssert.Count([1], 2, "told"), "told"),
            (() => EngineAssert.HasSingleItem(empty), "Expected that empty has 1 members, but it has 0."),
            (() => EngineAssert.FileExists("/no/file"), "There is no file /no/file."),
            (() => ((string?)null).NotNull(), "has a value."),
            (() => "".NotNullOrEmpty(), "is not empty."),
            (() => " ".NotNullOrWhiteSpace(), "is not blank."),
        })
            Assert.Contains(message, Assert.Throws<AssertionFailedException>(fails).Message);
        Assert.Equal(("a", "b", "c"), ("a".NotNull(), "b".NotNullOrEmpty(), "c".NotNullOrWhiteSpace()));
    }

    [Fact]
    public void Collections_and_text()
    {
        var seen = new List<string>();
        new[] { "a", "b" }.ForEach(seen.Add);
        new[] { "c" }.ForEach((text, index) => seen.Add(text + index));
        Assert.Equal(["a", "b", "c0"], seen);
        Assert.Equal(["a"], new[] { null, "a" }.WhereNotNull());
        Assert.Equal(1, new[] { 1 }.SingleOrDefaultOrError("x"));
        Assert.Equal(0, Array.Empty<int>().SingleOrDefaultOrError("x"));
        Assert.Throws<AssertionFailedException>(() => new[] { 1, 2 }.SingleOrDefaultOrError("x"));
        Assert.Equal(("a, b", "a,b", "a b"), (seen.Take(2).JoinCommaSpace(), seen.Take(2).JoinComma(), seen.Take(2).JoinSpace()));
        Assert.Equal(["a", "b"], seen.Take(2).JoinNewLine().SplitLineBreaks());
        Assert.Equal(("\"a\"", "'a'", true, true), ("a".DoubleQuote(), "a".SingleQuote(), "".IsNullOrEmpty(), " ".IsNullOrWhiteSpace()));
    }

    private sealed class Asks : NotingBuild
    {
        private Target Ask => _ => _.Executes(() => Notes.Add(
            $"{EnvironmentInfo.GetVariable("WW_TEXT")} {EnvironmentInfo.GetVariable<int>("WW_NUMBER")} {EnvironmentInfo.GetVariable<bool?>("WW_ABSENT") is null} {EnvironmentInfo.HasVariable("WW_EMPTY")} {EnvironmentInfo.WorkingDirectory == RootDirectory}"));
    }

    [Fact]
    public void The_environment_is_the_runs()
    {
        using var sandbox = new Sandbox();
        foreach (var (name, value) in new[] { ("WW_TEXT", "x"), ("WW_NUMBER", "7"), ("WW_EMPTY", "") })
            sandbox.Environment[name] = value;
        Assert.Equal("x 7 True False True", sandbox.Run<Asks>("Ask").Order);
        Assert.True(EnvironmentInfo.HasVariable("PATH"));
        Assert.Equal(Directory.GetCurrentDirectory(), EnvironmentInfo.WorkingDirectory);
        Assert.Equal(OperatingSystem.IsWindows(), EnvironmentInfo.IsWin);
        Assert.Equal(!OperatingSystem.IsWindows(), EnvironmentInfo.IsUnix);
        Assert.True(EnvironmentInfo.IsLinux || EnvironmentInfo.IsOsx || EnvironmentInfo.IsWin);
        Assert.Equal(System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64, EnvironmentInfo.IsArm64);
        Assert.False(EnvironmentInfo.IsWsl && EnvironmentInfo.IsWin);
        Assert.True(EnvironmentInfo.SpecialFolder(SpecialFolders.UserProfile).DirectoryExists());
    }

    [Fact]
    public void Exit_codes_of_failures_say_failed() => Assert.Throws<ArgumentOutOfRangeException>(() => new BuildFailedException(0, "x"));
}
