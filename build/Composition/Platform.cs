using WasmWizard.Delivery.GitHub.Api;
using WasmWizard.Delivery.GitHub.Git;
using WasmWizard.Delivery.Ports;

/// <summary>The repository on GitHub, and what the environment's token may do there. The token comes from a variable only: arguments can be seen by others.</summary>
public sealed class Platform
{
    private Platform(RepositoryName repository, IGitHubApi api) => (Repository, Api) = (repository, api);

    public RepositoryName Repository { get; }

    public IGitHubApi Api { get; }

    /// <summary>Ends the build when there is no token or no repository; everything that is missing is told at once.</summary>
    public static Platform Open(IWorkspace build)
    {
        var token = Token;
        var address = Variable("GITHUB_REPOSITORY") ?? build.Workspace.Checkout.Remote;
        var isKnown = RepositoryName.TryParse(address, out var repository);
        build.Require(
        [
            .. token is null ? [new Fault("WW2204", "no token", "NUKE_GITHUB_TOKEN or GITHUB_TOKEN with a token of the repository", "export NUKE_GITHUB_TOKEN=... in this shell, never as an argument")] : Array.Empty<Fault>(),
            .. isKnown ? Array.Empty<Fault>() : [new Fault("WW2205", $"the repository is {address ?? "not known: the clone has no remote 'origin'"}", "owner/name of a repository on GitHub", "git remote add origin https://github.com/OWNER/NAME, or set GITHUB_REPOSITORY")],
        ]);
        return new(repository, new OctokitApi(token!, Variable("GITHUB_API_URL") is { } server ? new(server.TrimEnd('/') + "/") : null));
    }

    /// <summary>A clone as this run may reach its origin: a job's clone holds no token, a person's has its own ways.</summary>
    public static GitClone Clone(Workspace workspace) => new(
        workspace.Root,
        Variable("GITHUB_ACTIONS") is not null && Token is { } token ? new(new(Variable("GITHUB_SERVER_URL") ?? "https://github.com"), token) : null);

    private static string? Token => Variable("NUKE_GITHUB_TOKEN") ?? Variable("GITHUB_TOKEN");

    private static string? Variable(string name) => EnvironmentInfo.GetVariable(name) is { Length: > 0 } value ? value : null;
}
