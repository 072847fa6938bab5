namespace WasmWizard.Tests.BuildEngine.Tooling;

/// <summary>One <c>DotNetTest</c> for both runners. NUKE and Fallout write VSTest's words always, which Microsoft.Testing.Platform refuses.</summary>
public sealed class TestingPlatformSpecs : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    private sealed class Shop : NotingBuild
    {
        private Target Show => _ => _.Executes(() =>
        {
            var settings = new DotNetTestSettings()
                .SetConfiguration("Release").EnableNoBuild().SetFilter("Category=Core").SetResultsDirectory("r").SetLoggers("trx;LogFileName=a.trx", "console;verbosity=minimal")
                .SetDataCollector("XPlat Code Coverage").EnableBlameHang().SetBlameHangTimeout("5m").AddProcessAdditionalArguments("--extra");
            foreach (var project in new[] { "t.csproj", "all.slnx" })
                Notes.Add(string.Join(' ', settings.SetProjectFile(project).Words()));
        });
    }

    [Fact]
    public void The_platform_gets_its_own_words()
    {
        (_sandbox.Root / "global.json").WriteAllText("""{ "test": { "runner": "Microsoft.Testing.Platform" } /* chosen */ }""");
        const string Rest = " --configuration Release --no-build --report-trx --report-trx-filename a.trx --filter Category=Core --results-directory r --coverage --coverage-output-format cobertura --hangdump --hangdump-timeout 5m --extra";
        Assert.Equal(["test --project t.csproj" + Rest, "test --solution all.slnx" + Rest], _sandbox.Run<Shop>("Show").Notes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{ "test": {} }""")]
    [InlineData("""{ "test": { "runner": "VSTest" } }""")]
    public void Everything_else_is_VSTest(string? globalJson)
    {
        if (globalJson is not null)
            (_sandbox.Root / "global.json").WriteAllText(globalJson);
        Assert.StartsWith("test t.csproj --configuration Release --no-build --logger trx;LogFileName=a.trx", _sandbox.Run<Shop>("Show").Notes[0]);
    }
}
