using WasmWizard.BuildEngine.Tools.GitVersion;

namespace WasmWizard.Tests.BuildEngine.Tooling;

/// <summary>Section 1.6: a version from the history. Follows NUKE: one that cannot be computed is a warning and null. A program that prints what the tool prints takes its place.</summary>
public sealed class GitVersionSpecs : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    private sealed class Shop : NotingBuild
    {
        [GitVersion(NoFetch = true)] private readonly GitVersion? GitVersion;

        private Target Show => _ => _.Executes(() => Notes.Add($"{GitVersion?.SemVer ?? "none"} {GitVersion?.Sha} {GitVersion?.AssemblySemFileVer}"));
    }

    [ToolFact("sh")]
    public void The_tools_answer_is_the_member()
    {
        var tool = _sandbox.Root / "gitversion";
        tool.WriteAllText("#!/bin/sh\necho \"$@\" >asked\necho 'INFO: working'\necho '{ \"Major\": 1, \"SemVer\": \"1.2.3-beta.4\", \"Sha\": \"abc\", \"AssemblySemFileVer\": \"1.2.3.0\" }'");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _sandbox.Environment["GITVERSION_EXE"] = tool;
        Assert.Equal(["1.2.3-beta.4 abc 1.2.3.0"], _sandbox.Run<Shop>("Show").Notes);
        Assert.Equal("/nofetch /nocache", (_sandbox.Root / "asked").ReadAllText().Trim());
    }

    [Fact]
    public void Without_the_tool_it_is_a_warning_and_null()
    {
        _sandbox.Environment["NUGET_PACKAGES"] = _sandbox.Root;
        var result = _sandbox.Run<Shop>("Show");
        Assert.Equal("none", result.Notes.Single().Trim());
        Assert.Contains("GitVersion stays empty: The package GitVersion.Tool is not restored.", result.Out);
    }
}
