namespace WasmWizard.Tests.BuildEngine.Caching;

/// <summary>Targets whose outputs come back instead of being made again. NUKE has no cache; there, Inputs and Outputs mean nothing.</summary>
public sealed class CacheSpecs : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public CacheSpecs()
    {
        (_sandbox.Root / "src" / "a.txt").WriteAllText("alpha");
        (_sandbox.Root / "src" / "b.txt").WriteAllText("beta");
        (_sandbox.Root / "lib" / "c.txt").WriteAllText("gamma");
    }

    private AbsolutePath Out => _sandbox.Root / "out";

    public void Dispose() => _sandbox.Dispose();

    private sealed class Cached : NotingBuild
    {
        [Parameter] private readonly string Field = "field";
        [Parameter, Secret] private readonly string Password = "";
        [Parameter] private string Used => TryGetValue(() => Used) ?? "used";
        [Parameter] private string Other => TryGetValue(() => Other) ?? "other";

        private Target Make => _ => _
            .Inputs("src/**/*.txt", "!src/ignored/**")
            .Outputs("out/make/**")
            .Executes(Note("Make"), () =>
            {
                var text = string.Concat((RootDirectory / "src").GlobFiles("*.txt").Select(file => file.ReadAllText()));
                (RootDirectory / "out" / "make" / "result.txt").WriteAllText($"{text}{Field}{Used}{EnvironmentInfo.GetVariable("COLOUR")}");
                (RootDirectory / "out" / "make" / "sub" / "run.sh").WriteAllText("echo run");
                if (!OperatingSystem.IsWindows())
                    File.SetUnixFileMode(RootDirectory / "out" / "make" / "sub" / "run.sh", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                ReportSummary(_ => _.AddPair("Letters", text.Length));
            });

        private Target Link => _ => _
            .DependsOn(Make)
            .Inputs("out/make/**", "lib/**")
            .Outputs("out/linked.txt")
            .Executes(Note("Link"), () => (RootDirectory / "out" / "linked.txt").WriteAllText((RootDirectory / "out" / "make" / "result.txt").ReadAllText() + Other));

        private Target Free => _ => _.DependsOn(Link).Executes(Note("Free"));
    }

    private string Ran(string options = "") => _sandbox.Run<Cached>($"Free {options}").Order;

    [Fact]
    public void Nothing_changed_restores_every_byte_and_mode()
    {
        Assert.Equal("Make Link Free", Ran());
        var made = Contents();
        Assert.Equal("Free", Ran());
        Assert.Equal(made, Contents());
        Out.DeleteDirectory();
        (Out / "make" / "left-over.txt").WriteAllText("not made by this");
        var result = _sandbox.Run<Cached>("Free");
        Assert.Equal("Free", result.Order);
        Assert.Equal(made, Contents());
        Assert.Matches(@"Make\s+Restored", result.Out);
        Assert.Contains("Letters: 11", result.Out);
    }

    /// <summary>What changes, what runs again, and what the reason is.</summary>
    public static TheoryData<string, string, string> Changes => new()
    {
        { "edit src/a.txt", "Make Link Free", "Make runs: src/a.txt changed" },
        { "add src/new.txt", "Make Link Free", "Make runs: src/new.txt is new" },
        { "delete src/b.txt", "Make Link Free", "Make runs: src/b.txt is gone" },
        { "add src/ignored/x.txt", "Free", "Make is restored" },
        { "edit src/readme.md", "Free", "Make is restored" },
        { "edit lib/c.txt", "Link Free", "Link runs: lib/c.txt changed" },
        { "edit out/linked.txt", "Free", "Link is restored" },
        { "option --field x", "Make Link Free", "Make runs: parameter Field changed" },
        { "option --used x", "Make Link Free", "Make runs: parameter Used changed" },
        { "option --other x", "Link Free", "Link runs: parameter Other changed" },
        { "variable COLOUR", "Make Link Free", "Make runs: variable COLOUR changed" },
        { "variable SHAPE", "Free", "Make is restored" },
        { "edit global.json", "Make Link Free", "Make runs: SDK changed" },
        { "option --no-cache", "Make Link Free", "" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_runs_exactly_what_depends_on_it_and_is_named(string change, string ran, string reason)
    {
        Ran();
        var (kind, subject) = (change.Split(' ')[0], change.Split(' ', 2)[1]);
        switch (kind)
        {
            case "edit" or "add":
                (_sandbox.Root / subject).WriteAllText("something else");
                break;
            case "delete":
                (_sandbox.Root / subject).DeleteFile();
                break;
            case "variable":
                _sandbox.Environment[subject] = "something else";
                break;
        }

        var result = _sandbox.Run<Cached>(kind == "option" ? $"Free {subject}" : "Free");
        Assert.Equal(ran, result.Order);
        Assert.Contains(reason, result.Out);
    }

    [Fact]
    public void Going_back_finds_the_earlier_entry()
    {
        Ran();
        var made = Contents();
        (_sandbox.Root / "src" / "a.txt").WriteAllText("other");
        Assert.Equal("Make Link Free", Ran());
        (_sandbox.Root / "src" / "a.txt").WriteAllText("alpha");
        Assert.Equal("Free", Ran());
        Assert.Equal(made, Contents());
    }

    [Theory]
    [InlineData("content", "is not what was stored")]
    [InlineData("gone", "is gone")]
    [InlineData("entry", "is not what was written")]
    public void A_poisoned_entry_is_detected_named_and_replaced(string what, string reason)
    {
        Ran();
        var made = Contents();
        var cache = _sandbox.Root / ".nuke" / "temp" / "cache";
        foreach (var file in what == "entry" ? cache.GlobFiles("Make/*.json") : cache.GlobFiles("contents/*"))
            if (what == "gone")
                file.DeleteFile();
            else
                file.WriteAllText(file.ReadAllText().Replace("alpha", "omega", StringComparison.Ordinal).Replace("\"mode\": ", "\"mode\": 1", StringComparison.Ordinal));
        Out.DeleteDirectory();
        var result = _sandbox.Run<Cached>("Free");
        Assert.Contains("Make", result.Notes);
        Assert.Contains(reason, result.Out);
        Assert.Equal(made, Contents());
        Assert.Equal("Free", Ran());
    }

    [Fact]
    public void Explaining_shows_reasons_and_runs_nothing()
    {
        var before = _sandbox.Run<Cached>("Free --explain-cache --json");
        Assert.Equal("", before.Order);
        Assert.Contains("it was not made before", before.Out);
        Ran();
        Assert.Contains("\"restores\": true", _sandbox.Run<Cached>("Free --explain-cache --json").Out);
        (_sandbox.Root / "src" / "a.txt").WriteAllText("other");
        var after = _sandbox.Run<Cached>("Free --explain-cache");
        Assert.Equal("", after.Order);
        Assert.Contains("Make would run:", after.Out);
        Assert.Contains("  src/a.txt changed", after.Out);
        Assert.Contains("Link would be restored", after.Out);
    }

    [Fact]
    public void Secrets_are_kept_as_given_or_not_only()
    {
        _sandbox.Environment["NUKE_PASSWORD"] = "very-secret-word";
        Ran();
        foreach (var file in (_sandbox.Root / ".nuke" / "temp" / "cache").GlobFiles("**/*.json"))
        {
            Assert.DoesNotContain("very-secret-word", file.ReadAllText());
            Assert.Contains("\"parameter Password\": \"given\"", file.ReadAllText());
        }
    }

    private sealed class Unstable : NotingBuild
    {
        private Target Make => _ => _.Inputs("src/**").Outputs("out/time.txt").Executes(() => (RootDirectory / "out" / "time.txt").WriteAllText(Guid.NewGuid().ToString()));

        private Target Nothing => _ => _.Inputs("src/**").Outputs("out/never.txt").Executes(Note("Nothing"));
    }

    [Fact]
    public void Verifying_runs_again_and_fails_where_equal_inputs_make_other_bytes()
    {
        Ran();
        var good = _sandbox.Run<Cached>("Free --verify-cache");
        Assert.Equal(0, good.ExitCode);
        Assert.Equal("Make Link Free", good.Order);

        _sandbox.Run<Unstable>("Make");
        var bad = _sandbox.Run<Unstable>("Make --verify-cache");
        Assert.Equal(1, bad.ExitCode);
        Assert.Contains("Make made other files from the same inputs: out/time.txt changed", bad.Out);
        Assert.Contains("Make runs: ", _sandbox.Run<Unstable>("Make").Out);
    }

    [Fact]
    public void A_target_that_makes_none_of_its_outputs_fails() =>
        Assert.Contains("Nothing made none of its outputs out/never.txt", _sandbox.Run<Unstable>("Nothing").Out);

    private SortedDictionary<string, string> Contents() => new(
        Out.GlobFiles("**/*").ToDictionary(
            file => Out.GetUnixRelativePathTo(file).ToString(),
            file => $"{Convert.ToHexString(File.ReadAllBytes(file))} {(OperatingSystem.IsWindows() ? 0 : (int)File.GetUnixFileMode(file))}"),
        StringComparer.Ordinal);
}
