using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.GitHub.Tests.Platform;

/// <summary>What people and runs leave on the platform: tags, releases, pull requests, deployments; and the releases of actions.</summary>
internal sealed class FakeWork
{
    private const string Repo = $"repos/{FakeGitHub.Owner}/{FakeGitHub.Name}";
    private readonly FakeGitHub _server;
    private int _next = 1;

    public FakeWork(FakeGitHub server)
    {
        _server = server;
        TagRoutes();
        ReleaseRoutes();
        PullRoutes();
        DeploymentRoutes();
        server.On("POST", "graphql", _ => new(200, new JsonObject { ["data"] = new JsonObject() }));
        server.On("GET", "repos/{owner}/{name}/releases/latest", request => Actions.TryGetValue($"{request.Parts[0]}/{request.Parts[1]}", out var action)
            ? new(200, new JsonObject { ["tag_name"] = action.Version, ["draft"] = false, ["prerelease"] = false }) : FakeGitHub.NotFound);
        server.On("GET", "repos/{owner}/{name}/git/ref/tags/{tag}", request => OtherTags.TryGetValue(($"{request.Parts[0]}/{request.Parts[1]}", request.Parts[2]), out var other) ? Ref(request.Parts[2], other, isCommit: true) :
            Actions.TryGetValue($"{request.Parts[0]}/{request.Parts[1]}", out var action) && action.Version == request.Parts[2] ? Ref(request.Parts[2], action.Annotation ?? action.Sha, action.Annotation is null) : FakeGitHub.NotFound);
        server.On("GET", "repos/{owner}/{name}/git/tags/{sha}", request => Actions.Values.FirstOrDefault(action => action.Annotation == request.Parts[2]) is { } action
            ? new(200, new JsonObject { ["tag"] = action.Version, ["object"] = new JsonObject { ["type"] = "commit", ["sha"] = action.Sha } }) : FakeGitHub.NotFound);
    }

    /// <summary>Name to commit.</summary>
    public Dictionary<string, string> Tags { get; } = [];

    public List<JsonObject> Releases { get; } = [];

    public List<JsonObject> Pulls { get; } = [];

    /// <summary>Commit, environment, and the states it went through, the newest first.</summary>
    public List<(string Sha, string Environment, string[] States)> Deployments { get; } = [];

    /// <summary>Other repositories: the newest release, its commit, and the annotated tag's own number where it is one.</summary>
    public Dictionary<string, FakeAction> Actions { get; } = [];

    /// <summary>Earlier tags of other repositories.</summary>
    public Dictionary<(string Repository, string Tag), string> OtherTags { get; } = [];

    private void TagRoutes()
    {
        _server.On("GET", $"{Repo}/git/ref/tags/{{tag}}", request => Tags.TryGetValue(request.Parts[0], out var sha) ? Ref(request.Parts[0], sha, isCommit: true) : FakeGitHub.NotFound);
        _server.On("POST", $"{Repo}/git/refs", request =>
        {
            var name = ((string)request.Body!["ref"]!)["refs/tags/".Length..];
            return Tags.TryAdd(name, (string)request.Body["sha"]!) ? Ref(name, Tags[name], isCommit: true) with { Status = 201 } : new(422, new JsonObject { ["message"] = "Reference already exists" });
        });
    }

    private void ReleaseRoutes()
    {
        // A draft is found by its number only.
        _server.On("GET", $"{Repo}/releases/tags/{{tag}}", request =>
            Releases.SingleOrDefault(release => (string?)release["tag_name"] == request.Parts[0] && !(bool)release["draft"]!) is { } release ? Found(release) : FakeGitHub.NotFound);
        _server.On("GET", $"{Repo}/releases", _ => new(200, new JsonArray([.. Releases.Select(release => release.DeepClone())])));
        _server.On("POST", $"{Repo}/releases", request =>
        {
            var release = (JsonObject)request.Body!.DeepClone();
            release["id"] = _next++;
            release["upload_url"] = $"{_server.Address}uploads/{release["id"]}/assets{{?name,label}}";
            release["html_url"] = $"https://github.com/{FakeGitHub.Owner}/{FakeGitHub.Name}/releases/tag/{release["tag_name"]}";
            release["assets"] = new JsonArray();
            Releases.Add(release);
            return Found(release) with { Status = 201 };
        });
        _server.On("PATCH", $"{Repo}/releases/{{id}}", request =>
        {
            var release = Releases.Single(entry => entry["id"]!.ToString() == request.Parts[0]);
            foreach (var (name, value) in (JsonObject)request.Body!)
                release[name] = value?.DeepClone();
            return Found(release);
        });
        _server.On("POST", "uploads/{id}/assets", request =>
        {
            var asset = new JsonObject
            {
                ["id"] = _next++,
                ["name"] = request.Query["name"].ToString(),
                ["size"] = request.Bytes.Length,
                ["state"] = "uploaded",
                ["digest"] = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(request.Bytes))}",
            };
            ((JsonArray)Releases.Single(entry => entry["id"]!.ToString() == request.Parts[0])["assets"]!).Add(asset);
            return new(201, asset.DeepClone());
        });
    }

    private void PullRoutes()
    {
        _server.On("GET", $"{Repo}/pulls", request => new(200, new JsonArray([.. Pulls
            .Where(pull => (string?)pull["state"] == "open" && (request.Query["head"].Count == 0 || request.Query["head"] == $"{FakeGitHub.Owner}:{pull["head"]!["ref"]}"))
            .Where(pull => request.Query["base"].Count == 0 || request.Query["base"] == (string?)pull["base"]!["ref"])
            .Select(pull => pull.DeepClone())])));
        _server.On("POST", $"{Repo}/pulls", request =>
        {
            var (body, number) = (request.Body!, _next++);
            var pull = new JsonObject
            {
                ["number"] = number,
                ["node_id"] = $"PR_{number}",
                ["state"] = "open",
                ["title"] = (string?)body["title"],
                ["body"] = (string?)body["body"],
                ["draft"] = (bool?)body["draft"] ?? false,
                ["html_url"] = $"https://github.com/{FakeGitHub.Owner}/{FakeGitHub.Name}/pull/{number}",
                ["head"] = new JsonObject { ["ref"] = (string?)body["head"] },
                ["base"] = new JsonObject { ["ref"] = (string?)body["base"] },
            };
            Pulls.Add(pull);
            return Found(pull) with { Status = 201 };
        });
    }

    private void DeploymentRoutes()
    {
        _server.On("GET", $"{Repo}/deployments", request => new(200, new JsonArray([.. Deployments.Select((deployment, index) => (deployment, index))
            .Where(entry => entry.deployment.Sha == request.Query["sha"] && entry.deployment.Environment == request.Query["environment"])
            .Select(entry => new JsonObject { ["id"] = entry.index, ["sha"] = entry.deployment.Sha, ["environment"] = entry.deployment.Environment })])));
        _server.On("GET", $"{Repo}/deployments/{{id}}/statuses", request => new(200, new JsonArray([.. Deployments[int.Parse(request.Parts[0], System.Globalization.CultureInfo.InvariantCulture)]
            .States.Select(state => new JsonObject { ["state"] = state })])));
    }

    private static Answer Ref(string name, string sha, bool isCommit) => new(200, new JsonObject
    {
        ["ref"] = $"refs/tags/{name}",
        ["object"] = new JsonObject { ["sha"] = sha, ["type"] = isCommit ? "commit" : "tag" },
    });

    private static Answer Found(JsonObject document) => new(200, document.DeepClone());
}

/// <param name="Version">Tag of the newest release.</param>
/// <param name="Sha">The commit.</param>
/// <param name="Annotation">The tag object's own number; null for a light tag.</param>
internal sealed record FakeAction(string Version, string Sha, string? Annotation = null);
