using WasmWizard.BuildEngine.CI.GitHubActions;

namespace WasmWizard.BuildEngine;

/// <summary>Chooses the host by name, else by what the environment says.</summary>
internal static class HostDetection
{
    public static readonly IReadOnlyList<string> Names = [nameof(GitHubActions), nameof(Terminal)];

    public static Host? Create(string? name, BuildInvocation invocation) => name switch
    {
        null => invocation.Variable("GITHUB_ACTIONS") == "true" ? new GitHubActions(invocation) : new Terminal(),
        _ when NameForm.Normalize(name) == NameForm.Normalize(nameof(GitHubActions)) => new GitHubActions(invocation),
        _ when NameForm.Normalize(name) == NameForm.Normalize(nameof(Terminal)) => new Terminal(),
        _ => null,
    };
}
