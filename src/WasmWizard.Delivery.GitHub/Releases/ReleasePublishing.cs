using System.Text.Json.Nodes;
using WasmWizard.Delivery.GitHub.Api;

namespace WasmWizard.Delivery.GitHub.Releases;

/// <summary>
/// Tag, release and files on the platform. Each step first asks what is there, so that a run that was interrupted is finished by the next;
/// people see the release only when its last file has arrived, and nothing is believed before it was read back.
/// </summary>
public sealed class ReleasePublishing(IGitHubApi api, RepositoryName repository)
{
    /// <summary>Whether a deployment of this commit to an environment ended well, by the platform's own record.</summary>
    /// <exception cref="PlatformException">The platform does not say.</exception>
    public async Task<bool> WasHealthy(string commit, string environment, CancellationToken cancellation)
    {
        var deployments = await Read($"repos/{repository}/deployments?sha={commit}&environment={Uri.EscapeDataString(environment)}", cancellation);
        foreach (var deployment in (deployments as JsonArray ?? []).Select(entry => entry.Number("id")).OfType<long>())
        {
            // A later deployment makes an earlier one inactive; that it succeeded stays among its states.
            var states = await Read($"repos/{repository}/deployments/{deployment}/statuses", cancellation);
            if ((states as JsonArray ?? []).Any(state => state.Text("state") == "success"))
                return true;
        }

        return false;
    }

    /// <returns>The address of the release.</returns>
    /// <exception cref="PlatformException">Something was refused, or is not there when read back.</exception>
    public async Task<string> Publish(VersionTag version, string commit, string notes, IReadOnlyList<ReleaseFile> files, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(files);
        await Tag(version, commit, cancellation);
        var release = await Draft(version, notes, cancellation);
        foreach (var file in files)
            await Attach(release, file, cancellation);
        await Written("PATCH", $"repos/{repository}/releases/{release.Number("id")}", new() { ["draft"] = false, ["name"] = version.ToString(), ["body"] = notes }, cancellation);
        return await ReadBack(version, notes, files, cancellation);
    }

    private async Task Tag(VersionTag version, string commit, CancellationToken cancellation)
    {
        if (await TagCommit(version, cancellation) is null)
            await Written("POST", $"repos/{repository}/git/refs", new() { ["ref"] = $"refs/tags/{version}", ["sha"] = commit }, cancellation);
        var there = await TagCommit(version, cancellation);
        if (there != commit)
            throw new PlatformException($"the tag {version} names {there ?? "nothing"}, required: {commit}; a tag never moves");
    }

    private async Task<string?> TagCommit(VersionTag version, CancellationToken cancellation)
    {
        var answer = await api.Read($"repos/{repository}/git/ref/tags/{version}", cancellation);
        if (answer.Status == ApiAnswer.NotFound)
            return null;
        var named = answer.Succeeded ? answer.Body.Field("object") : throw new PlatformException($"the tag {version} cannot be asked about: {answer}");
        return named.Text("type") == "tag" ? (await Read($"repos/{repository}/git/tags/{named.Text("sha")}", cancellation)).Field("object").Text("sha") : named.Text("sha");
    }

    // A draft has no address of its own, so that it is looked for in the list.
    private async Task<JsonNode> Draft(VersionTag version, string notes, CancellationToken cancellation)
    {
        var releases = await Read($"repos/{repository}/releases", cancellation) as JsonArray ?? [];
        return releases.FirstOrDefault(release => release.Text("tag_name") == version.ToString())
            ?? await Written("POST", $"repos/{repository}/releases", new() { ["tag_name"] = version.ToString(), ["name"] = version.ToString(), ["body"] = notes, ["draft"] = true, ["prerelease"] = false }, cancellation)
            ?? throw new PlatformException($"the release {version} was accepted without an answer");
    }

    private async Task Attach(JsonNode release, ReleaseFile file, CancellationToken cancellation)
    {
        var present = release.Items("assets").FirstOrDefault(asset => asset.Text("name") == file.Name);
        if (present.Text("digest") == file.Digest())
            return;
        if (present is not null)
            await Written("DELETE", $"repos/{repository}/releases/assets/{present.Number("id")}", null, cancellation);
        var address = (release.Text("upload_url") ?? "").Split('{')[0];
        var answer = await api.Upload(new($"{address}?name={Uri.EscapeDataString(file.Name)}"), file.Path, cancellation);
        if (!answer.Succeeded)
            throw new PlatformException($"{file.Name} was not taken: {answer}");
    }

    private async Task<string> ReadBack(VersionTag version, string notes, IReadOnlyList<ReleaseFile> files, CancellationToken cancellation)
    {
        var release = await Read($"repos/{repository}/releases/tags/{version}", cancellation);
        List<string> differences = [.. files.Where(file => release.Items("assets").All(asset => asset.Text("name") != file.Name || asset.Text("digest") != file.Digest())).Select(file => $"{file.Name} is missing or other")];
        if (release.Text("body")?.ReplaceLineEndings("\n") != notes)
            differences.Add("the notes are other");
        return differences.Count == 0 ? release.Text("html_url") ?? "" : throw new PlatformException($"the release {version} is not as written: {string.Join("; ", differences)}");
    }

    private async Task<JsonNode?> Read(string path, CancellationToken cancellation)
    {
        var answer = await api.Read(path, cancellation);
        return answer.Succeeded ? answer.Body : throw new PlatformException($"{path.Split('?')[0]} cannot be read: {answer}");
    }

    private async Task<JsonNode?> Written(string method, string path, JsonObject? body, CancellationToken cancellation)
    {
        var answer = await api.Write(method, path, body, cancellation);
        return answer.Succeeded ? answer.Body : throw new PlatformException($"{method} {path} is refused: {answer}");
    }
}
