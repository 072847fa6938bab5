using System.Text.RegularExpressions;
using WasmWizard.Delivery.GitHub.Api;

namespace WasmWizard.Delivery.GitHub.Actions;

/// <summary>Asks the platform for the newest release of every locked action and for the commit behind it.</summary>
public sealed partial class ActionUpdates(IGitHubApi api)
{
    public async Task<IReadOnlyList<ActionUpdate>> Find(ActionLock locked, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(locked);
        List<ActionUpdate> updates = [];
        foreach (var action in locked.All.OrderBy(action => action.Name, StringComparer.Ordinal))
            updates.Add(await Find(action, cancellation));
        return updates;
    }

    /// <summary>The lock file with every newer release taken; what could not be asked stays as it is.</summary>
    public static string Apply(IEnumerable<ActionUpdate> updates) => ActionLock.Write(updates.Select(update => update is ActionUpdate.Newer newer
        ? (newer.Action.Name, newer.Version, newer.Sha) : (update.Action.Name, update.Action.Version, update.Action.Sha)));

    private async Task<ActionUpdate> Find(PinnedAction action, CancellationToken cancellation)
    {
        // An action may live below its repository's root: owner/repository/path.
        var repository = string.Join('/', action.Name.Split('/').Take(2));
        var (locked, problem) = await CommitOf(repository, action.Version, cancellation);
        // A tag that moved means that somebody put other code under a known name.
        if (locked is not null && locked != action.Sha)
            return new ActionUpdate.Moved(action, locked);
        var answer = await api.Read($"repos/{repository}/releases/latest", cancellation);
        if (locked is null || !answer.Succeeded)
            return new ActionUpdate.Unknown(action, problem ?? answer.ToString());
        var newest = answer.Body.Text("tag_name") ?? "";
        if (!Exact().IsMatch(newest))
            return new ActionUpdate.Unknown(action, $"the newest release is called '{newest}', required: an exact version such as v1.2.3");
        if (newest == action.Version)
            return new ActionUpdate.Current(action);
        var (commit, why) = await CommitOf(repository, newest, cancellation);
        return commit is null ? new ActionUpdate.Unknown(action, why!) : new ActionUpdate.Newer(action, newest, commit);
    }

    private async Task<(string? Commit, string? Problem)> CommitOf(string repository, string tag, CancellationToken cancellation)
    {
        var answer = await api.Read($"repos/{repository}/git/ref/tags/{tag}", cancellation);
        var named = answer.Body.Field("object");
        if (answer.Succeeded && named.Text("type") == "tag")
        {
            answer = await api.Read($"repos/{repository}/git/tags/{named.Text("sha")}", cancellation);
            named = answer.Body.Field("object");
        }

        return answer.Succeeded && named.Text("sha") is { Length: 40 } sha ? (sha, null) : (null, $"the commit of {tag} is not shown: {answer}");
    }

    [GeneratedRegex(@"^v\d+\.\d+\.\d+\z")]
    private static partial Regex Exact();
}

/// <summary>What the platform says about one locked action.</summary>
public abstract record ActionUpdate(PinnedAction Action)
{
    public sealed record Current(PinnedAction Action) : ActionUpdate(Action)
    {
        public override string ToString() => $"{Action.Name} {Action.Version}: current";
    }

    public sealed record Newer(PinnedAction Action, string Version, string Sha) : ActionUpdate(Action)
    {
        public override string ToString() => $"{Action.Name} {Action.Version} -> {Version} ({Sha[..12]})";
    }

    /// <summary>The locked version's tag names another commit now. The lock protects; a person must find out why.</summary>
    public sealed record Moved(PinnedAction Action, string Sha) : ActionUpdate(Action)
    {
        public override string ToString() => $"{Action.Name} {Action.Version}: its tag names {Sha[..12]} now, locked: {Action.Sha[..12]}; left as locked, ask its maintainers why";
    }

    public sealed record Unknown(PinnedAction Action, string Reason) : ActionUpdate(Action)
    {
        public override string ToString() => $"{Action.Name} {Action.Version}: unknown, left as it is: {Reason}";
    }
}
