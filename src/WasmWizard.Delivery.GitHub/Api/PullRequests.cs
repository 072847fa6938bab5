using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.GitHub.Api;

/// <summary>Pull requests of one repository: found, opened and read back.</summary>
public sealed class PullRequests(IGitHubApi api, RepositoryName repository)
{
    /// <summary>The open one from a branch into another; null when there is none.</summary>
    /// <exception cref="PlatformException">The platform does not say.</exception>
    public async Task<PullRequest?> Find(string branch, string into, CancellationToken cancellation)
    {
        var answer = await api.Read($"repos/{repository}/pulls?state=open&head={Uri.EscapeDataString($"{repository.Owner}:{branch}")}&base={Uri.EscapeDataString(into)}", cancellation);
        return answer is { Succeeded: true, Body: JsonArray list }
            ? list.Select(entry => new PullRequest(entry.Number("number") ?? 0, entry.Text("html_url") ?? "", entry.IsTrue("draft")) { NodeId = entry.Text("node_id") ?? "" }).FirstOrDefault()
            : throw new PlatformException($"open pull requests cannot be listed: {answer}");
    }

    /// <summary>Opens one unless it is open already, and reads it back.</summary>
    /// <exception cref="PlatformException">The platform refuses it, or does not show it afterwards.</exception>
    public async Task<PullRequest> Open(string branch, string into, string title, string body, bool draft, CancellationToken cancellation)
    {
        if (await Find(branch, into, cancellation) is { } present)
            return present;
        var answer = await api.Write("POST", $"repos/{repository}/pulls", new JsonObject { ["title"] = title, ["head"] = branch, ["base"] = into, ["body"] = body, ["draft"] = draft }, cancellation);
        if (!answer.Succeeded)
            throw new PlatformException($"the pull request from {branch} into {into} is refused: {answer}");
        return await Find(branch, into, cancellation) ?? throw new PlatformException($"the pull request from {branch} into {into} was accepted and is not there");
    }

    /// <summary>Has the platform merge it as soon as reviews and checks allow; false where the repository does not permit that.</summary>
    public async Task<bool> MergeWhenAllowed(PullRequest pull, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(pull);
        var answer = await api.Write("POST", "graphql", new JsonObject
        {
            ["query"] = "mutation($id: ID!) { enablePullRequestAutoMerge(input: {pullRequestId: $id, mergeMethod: MERGE}) { pullRequest { autoMergeRequest { enabledAt } } } }",
            ["variables"] = new JsonObject { ["id"] = pull.NodeId },
        }, cancellation);
        return answer.Succeeded && answer.Body.Field("errors") is null;
    }
}

/// <summary>One that is open.</summary>
public sealed record PullRequest(long Number, string Url, bool IsDraft)
{
    internal string NodeId { get; init; } = "";
}

/// <summary>The platform did not do, or did not keep, what it was asked.</summary>
public sealed class PlatformException(string message) : Exception(message);
