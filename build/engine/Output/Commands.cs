namespace WasmWizard.BuildEngine;

/// <summary>How a person starts a build.</summary>
internal static class Commands
{
    public static string Script => OperatingSystem.IsWindows() ? @".\build.ps1" : "./build.sh";

    /// <summary>The command that runs one target again with the parameters of this run.</summary>
    public static string Rerun(string target, BuildInvocation invocation)
    {
        var options = invocation.Arguments.SkipWhile(argument => !argument.StartsWith('-')).Select(Quote);
        return string.Join(' ', [Script, target, .. options]);
    }

    private static string Quote(string word) => word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word;
}
