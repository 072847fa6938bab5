namespace WasmWizard.Tests.BuildEngine.Tooling;

/// <summary>Section 1.9: argument lines as whole snapshots. Options are immutable as in NUKE.</summary>
public sealed class OptionSpecs : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    private static string Line(ToolOptions options) => string.Join(' ', options.Words());

    [Fact]
    public void Build() => Assert.Equal(
        "build a.sln --configuration Release --framework net10.0 --runtime linux-x64 --output out --artifacts-path art --no-restore --no-incremental --self-contained true --version-suffix rc --verbosity minimal --nologo --logger l -bl:x.binlog --property:A=1%3B2 --property:Deterministic=true --property:Version=1.2.3 --extra",
        Line(new DotNetBuildSettings().SetProjectFile("a.sln").SetConfiguration("Release").SetFramework("net10.0").SetRuntime("linux-x64").SetOutputDirectory("out").SetArtifactsPath("art")
            .EnableNoRestore().EnableNoIncremental().SetSelfContained(true).SetVersionSuffix("rc").SetVerbosity(DotNetVerbosity.minimal).EnableNoLogo().AddLoggers("l").SetBinaryLog("x.binlog")
            .SetProperty("A", "1;2").SetDeterministic(true).SetVersion("1.2.3").SetVersionPrefix(null).AddProcessAdditionalArguments("--extra")));

    [Fact]
    public void Test() => Assert.Equal(
        "test t.csproj --no-build --logger trx --logger html --filter Category=Core --settings s.runsettings --results-directory r --collect XPlat Code Coverage --blame --blame-crash --blame-hang --blame-hang-timeout 5m -- A=1 B=2",
        Line(new DotNetTestSettings().SetProjectFile("t.csproj").EnableNoBuild().SetLoggers("trx", "html").SetFilter("Category=Core").SetSettingsFile("s.runsettings").SetResultsDirectory("r")
            .SetDataCollector("XPlat Code Coverage").EnableBlame().EnableBlameCrash().EnableBlameHang().SetBlameHangTimeout("5m").AddRunSetting("A", 1).AddRunSetting("B", 2)));

    [Fact]
    public void Restore() => Assert.Equal(
        "restore a.sln --configfile n.config --source s1 --source s2 --packages p --locked-mode --use-lock-file --no-cache --ignore-failed-sources --force",
        Line(new DotNetRestoreSettings().SetProjectFile("a.sln").SetConfigFile("n.config").SetSources("s1", "s2").SetPackageDirectory("p").EnableLockedMode().EnableUseLockFile().EnableNoCache().EnableIgnoreFailedSources().EnableForce()));

    [Fact]
    public void Publish_and_pack()
    {
        Assert.Equal(
            "publish p.csproj --output o --self-contained false --property:PublishReadyToRun=true --property:PublishSingleFile=true --property:PublishTrimmed=false",
            Line(new DotNetPublishSettings().SetProject("p.csproj").SetOutput("o").EnableSelfContained().DisableSelfContained().SetPublishSingleFile(true).SetPublishReadyToRun(true).SetPublishTrimmed(false)));
        Assert.Equal("publish --self-contained true", Line(new DotNetPublishSettings().SetSelfContained(true)));
        Assert.Equal(
            "pack --no-build --version-suffix b --include-symbols --include-source --property:AssemblyVersion=1 --property:ContinuousIntegrationBuild=true --property:FileVersion=2 --property:InformationalVersion=3 --property:PackageId=P --property:PackageReleaseNotes=N --property:RepositoryUrl=U --property:VersionPrefix=4",
            Line(new DotNetPackSettings().SetNoBuild(true).SetVersionSuffix("b").EnableIncludeSymbols().EnableIncludeSource().SetAssemblyVersion("1").SetFileVersion("2").SetInformationalVersion("3").SetVersionPrefix("4")
                .SetPackageId("P").SetPackageReleaseNotes("N").SetRepositoryUrl("U").SetContinuousIntegrationBuild(true)));
    }

    [Fact]
    public void The_other_verbs()
    {
        Assert.Equal("clean --property:NoWarn=a%3Bb --property:TreatWarningsAsErrors=true --property:WarningsAsErrors=c", Line(new DotNetCleanSettings().SetNoWarns("a", "b").SetTreatWarningsAsErrors(true).SetWarningsAsErrors("c")));
        Assert.Equal("format a.sln --no-restore --verify-no-changes --severity warn --report r --include i --exclude e", Line(new DotNetFormatSettings().SetProject("a.sln").SetNoRestore(true).EnableVerifyNoChanges().SetSeverity("warn").SetReport("r").AddInclude("i").AddExclude("e")));
        Assert.Equal("format", Line(new DotNetFormatSettings().SetVerifyNoChanges(false)));
        Assert.Equal("run --project p --no-launch-profile -- a b", Line(new DotNetRunSettings().SetProjectFile("p").EnableNoLaunchProfile().SetApplicationArguments("a", "b")));
        Assert.Equal("msbuild p -target:A;B --property:X=1", Line(new DotNetMSBuildSettings().SetProject("p").SetTargets("A", "B").AddProperty("X", 1)));
        Assert.Equal("tool restore", Line(new DotNetToolRestoreSettings()));
        Assert.Equal(
            "nuget push a.nupkg --source s --api-key k --symbol-source ss --symbol-api-key sk --skip-duplicate --no-symbols --timeout 9",
            Line(new DotNetNuGetPushSettings().SetTargetPath("a.nupkg").SetSource("s").SetApiKey("k").SetSymbolSource("ss").SetSymbolApiKey("sk").EnableSkipDuplicate().EnableNoSymbols().SetTimeout(9)));
        Assert.DoesNotContain("--api-key", Line(new DotNetNuGetPushSettings().SetApiKey("k").SetApiKey(null)));
    }

    [Fact]
    public void ReportGenerator() => Assert.Equal(
        "-reports:a;b -targetdir:t -reporttypes:HtmlInline;Cobertura -assemblyfilters:+A -classfilters:-B -filefilters:-C -historydir:h -tag:x -title:y",
        Line(new ReportGeneratorSettings().SetReports("a", "b").SetTargetDirectory("t").SetReportTypes(ReportTypes.HtmlInline, ReportTypes.Cobertura).SetAssemblyFilters("+A").SetClassFilters("-B").SetFileFilters("-C").SetHistoryDirectory("h").SetTag("x").SetTitle("y").SetFramework("net10.0")));

    [Fact]
    public void Options_are_immutable_and_combine()
    {
        var options = new DotNetBuildSettings().SetConfiguration("Debug");
        var changed = options.SetConfiguration("Release");
        Assert.Equal("build --configuration Debug", Line(options));
        Assert.Equal("build", Line(changed.SetConfiguration(null)));

        var all = options.CombineWith(["a", "b"], (o, project) => o.SetProjectFile(project)).CombineWith(["x", "y"], (o, framework) => o.SetFramework(framework));
        Assert.Equal(["a x", "a y", "b x", "b y"], all.Select(o => $"{o.Get("Project")} {o.Get("Framework")}"));
        Assert.Equal(2, options.CombineWith(o => o.SetProjectFile("a"), o => o.SetProjectFile("b")).Length);
        Assert.Equal(4, options.CombineWith([1, 2], (o, _) => o.CombineWith([3, 4], (p, _) => p)).Length);

        Assert.Equal("build --configuration Release --no-restore", Line(options
            .When(true, o => o.SetConfiguration("Release"))
            .When(false, o => o.SetConfiguration("Never"))
            .When(o => o.Get("NoRestore") is null, o => o.EnableNoRestore())
            .WhenNotNull((string?)null, (o, value) => o.SetFramework(value))
            .Apply((Configure<DotNetBuildSettings>?)null)
            .Apply((Configure<DotNetBuildSettings, string>?)null, "x")));
        Assert.Equal("build --configuration Debug --framework f --runtime r", Line(options
            .WhenNotNull("f", (o, value) => o.SetFramework(value))
            .Apply(new Configure<DotNetBuildSettings, string>((o, value) => o.SetRuntime(value)), "r")));
        Assert.Equal(16, options.Apply(o => Line(o).Length - 11));
    }

    private sealed class Runs : NotingBuild
    {
        private Target One => _ => _.Executes(() => Notes.Add(DotNetTasks.DotNetBuild(_ => _
            .SetProcessToolPath("/bin/echo")
            .SetProjectFile("my project.csproj")
            .SetProcessWorkingDirectory(RootDirectory)
            .SetProcessExecutionTimeout(60_000)
            .EnableProcessOutputLogging()
            .EnableProcessInvocationLogging()
            .SetProcessAdditionalArguments("-x")).Single().Text));

        private Target Hidden => _ => _.Executes(() => DotNetTasks.DotNetNuGetPush(_ => _.SetProcessToolPath("/bin/echo").SetApiKey("very-secret-key").AddProcessRedactedSecrets("other-secret").AddProcessAdditionalArguments("other-secret")));

        private Target Variables => _ => _.Executes(() => Notes.Add(DotNetTasks.DotNetRun(_ => _
            .SetProcessToolPath("/usr/bin/env")
            .SetProcessEnvironmentVariables(new Dictionary<string, string> { ["WW_A"] = "1" })
            .SetProcessEnvironmentVariable("WW_B", true)
            .DisableProcessOutputLogging()
            .DisableProcessInvocationLogging()
            .DisableProcessExitHandling()
            .SetProcessEnvironmentVariable("PATH", "/nowhere")).Count.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        private Target Judged => _ => _.Executes(() => DotNetTasks.DotNetClean(_ => _.SetProcessToolPath("/bin/false").SetProcessExitHandler(process => Notes.Add($"judged {process.ExitCode}"))));

        private Target Many => _ => _.Executes(() => Notes.Add(string.Join(' ', DotNetTasks.DotNetTest(
            _ => _.SetProcessToolPath("/bin/echo").CombineWith(["a", "b", "c"], (o, name) => o.SetProjectFile(name)), degreeOfParallelism: 3).Select(run => run.Output.Single().Text))));

        private Target Failing => _ => _.Executes(() => DotNetTasks.DotNetPublish(
            _ => _.CombineWith(["/bin/false", "/bin/true", "/bin/false"], (o, tool) => o.SetProcessToolPath(tool)), completeOnFailure: true));

        private Target FailingFirst => _ => _.Executes(() => DotNetTasks.DotNetPack(
            _ => _.CombineWith(["/bin/false", "/bin/false"], (o, tool) => o.SetProcessToolPath(tool).EnableProcessExitHandling())));

        private Target Versions => _ => _.Executes(
            () => Notes.Add(DotNetTasks.DotNet("--version", logOutput: false).Single().Text.Split('.')[0]),
            () => Notes.Add(Assert.Throws<UsageException>(() => ReportGeneratorTasks.ReportGenerator(_ => _.SetReports("x"))).Message),
            () => Notes.Add(Assert.Throws<UsageException>(() => ReportGeneratorTasks.ReportGenerator(new ReportGeneratorSettings())).Message));

        private Target Package => _ => _.Executes(() => Notes.Add(NuGetToolPathResolver.GetPackageExecutable("My.Tool", "absent.exe|mine.dll").Replace(RootDirectory, "", StringComparison.Ordinal)),
            () => Notes.Add(NuGetToolPathResolver.GetPackageExecutable("My.Tool", "mine.dll", "1.0.0", "net8.0").Replace(RootDirectory, "", StringComparison.Ordinal)),
            () => Notes.Add(Assert.Throws<UsageException>(() => ToolResolver.GetNuGetTool("My.Tool", "mine.dll", "1.0.0", "net5.0")).Message),
            () => Notes.Add($"{Injected is not null}"));

        [NuGetPackage("My.Tool", "mine.dll", Framework = "net8.0", Version = "1.0.0"), Optional] private readonly Tool? Injected;
    }

    [Fact]
    public void A_call_runs_with_its_options()
    {
        var result = _sandbox.Run<Runs>("One");
        Assert.Equal("build my project.csproj -x", result.Order);
        Assert.Contains("> /bin/echo build \"my project.csproj\" -x", result.Out);
        Assert.Equal("judged 1", _sandbox.Run<Runs>("Judged").Order);
        Assert.Equal(0, _sandbox.Run<Runs>("Variables").ExitCode);
    }

    [Fact]
    public void Keys_are_masked_in_the_invocation_and_in_the_output()
    {
        var result = _sandbox.Run<Runs>("Hidden");
        Assert.Contains("--api-key ***", result.Out);
        Assert.DoesNotContain("secret", result.Out);
    }

    [Fact]
    public void Several_calls_run_and_fail_together()
    {
        Assert.Equal("test a test b test c", _sandbox.Run<Runs>("Many").Order);
        Assert.Equal(2, _sandbox.Run<Runs>("Failing").Out.Split("[ERR]")[1].Split("Target ")[0].Split("ended with exit code 1").Length - 1);
        Assert.Equal(1, _sandbox.Run<Runs>("FailingFirst").ExitCode);
    }

    [Fact]
    public void Programs_of_packages_are_found_by_version_and_framework()
    {
        _sandbox.Environment["NUGET_PACKAGES"] = _sandbox.Root / "packages";
        Assert.Contains("The package ReportGenerator is not restored", _sandbox.Run<Runs>("Versions").Notes[1]);
        foreach (var file in new[] { "1.0.0/tools/net8.0/mine.dll", "1.10.0/tools/net8.0/any/mine.dll", "1.10.0/tools/net10.0/any/mine.dll", "1.10.0/tools/net99.0/mine.dll", "1.9.0/tools/mine.dll" })
            (_sandbox.Root / "packages" / "my.tool" / file).TouchFile();
        Assert.Equal(
            ["/packages/my.tool/1.10.0/tools/net10.0/any/mine.dll", "/packages/my.tool/1.0.0/tools/net8.0/mine.dll", $"The package My.Tool 1.0.0 has no mine.dll for net5.0 below {_sandbox.Root}/packages/my.tool/1.0.0/tools.", "True"],
            _sandbox.Run<Runs>("Package").Notes);
    }
}
