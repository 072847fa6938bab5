using System.Text.Json.Nodes;
using WasmWizard.Delivery.GitHub.Api;
using WasmWizard.Delivery.GitHub.Releases;
using WasmWizard.Delivery.GitHub.Tests.Platform;

namespace WasmWizard.Delivery.GitHub.Tests.Releases;

/// <summary>Tag, release and files on the platform: finished after an interruption, and believed only when read back.</summary>
public sealed class ReleasePublishingSpecs : IDisposable
{
    private const string Commit = "1111111111111111111111111111111111111111";
    private const string Notes = "# v1.2.3\n\nMore.\n";
    private static readonly VersionTag Version = new(1, 2, 3);
    private readonly string _folder = Directory.CreateTempSubdirectory("wasm-wizard-files-").FullName;

    [Fact]
    public async Task What_is_published_is_there_tag_notes_and_files()
    {
        await using var server = await FakeGitHub.Start();

        var address = await Publish(server);

        Assert.Equal("https://github.com/wizards/wasm/releases/tag/v1.2.3", address);
        Assert.Equal(Commit, server.Work.Tags["v1.2.3"]);
        var release = Assert.Single(server.Work.Releases);
        Assert.False((bool)release["draft"]!);
        Assert.Equal(["sbom-image.json", "sbom-more.json"], ((JsonArray)release["assets"]!).Select(asset => (string?)asset!["name"]));
        Assert.Equal(5, (int)release["assets"]![0]!["size"]!);
    }

    [Fact]
    public async Task Nobody_sees_the_release_before_its_last_file_has_arrived()
    {
        await using var server = await FakeGitHub.Start();
        var uploads = 0;
        server.Fault = (method, path) => path.StartsWith("uploads/", StringComparison.Ordinal) && ++uploads == 2 ? new(502, null) : null;

        await Assert.ThrowsAsync<PlatformException>(() => Publish(server));

        Assert.True((bool)Assert.Single(server.Work.Releases)["draft"]!);
    }

    [Fact]
    public async Task Every_interruption_is_finished_by_the_next_run()
    {
        await using var rehearsal = await FakeGitHub.Start();
        await Publish(rehearsal);
        for (var at = 0; at < rehearsal.Requests.Count; at++)
        {
            await using var server = await FakeGitHub.Start();
            var request = 0;
            server.Fault = (_, _) => request++ == at ? new(500, new JsonObject { ["message"] = "broken" }) : null;
            await Assert.ThrowsAsync<PlatformException>(() => Publish(server));
            server.Fault = (_, _) => null;

            await Publish(server);

            Assert.Single(server.Work.Releases);
            Assert.Equal(2, ((JsonArray)server.Work.Releases[0]["assets"]!).Count);
        }
    }

    [Fact]
    public async Task Publishing_again_changes_nothing()
    {
        await using var server = await FakeGitHub.Start();
        await Publish(server);
        server.Requests.Clear();

        await Publish(server);

        Assert.DoesNotContain(server.Requests, request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tag_of_another_commit_is_never_moved()
    {
        await using var server = await FakeGitHub.Start();
        server.Work.Tags["v1.2.3"] = "2222222222222222222222222222222222222222";

        var fault = await Assert.ThrowsAsync<PlatformException>(() => Publish(server));

        Assert.Contains("never moves", fault.Message, StringComparison.Ordinal);
        Assert.Empty(server.Work.Releases);
    }

    [Fact]
    public async Task A_file_that_arrived_otherwise_is_found_when_it_is_read_back()
    {
        await using var server = await FakeGitHub.Start();
        server.Fault = (method, path) =>
        {
            if (method == "PATCH")
                server.Work.Releases[0]["assets"]![0]!["digest"] = "sha256:00";
            return null;
        };

        var fault = await Assert.ThrowsAsync<PlatformException>(() => Publish(server));

        Assert.Contains("sbom-image.json is missing or other", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("success", true)]
    [InlineData("inactive,success,in_progress", true)]
    [InlineData("failure,in_progress", false)]
    [InlineData("in_progress", false)]
    public async Task A_commit_was_healthy_when_one_of_its_deployments_ended_well(string states, bool healthy)
    {
        await using var server = await FakeGitHub.Start();
        server.Work.Deployments.Add((Commit, "staging", ["success"]));
        server.Work.Deployments.Add(("2222222222222222222222222222222222222222", "production", ["success"]));
        server.Work.Deployments.Add((Commit, "production", states.Split(',')));

        Assert.Equal(healthy, await Publishing(server).WasHealthy(Commit, "production", CancellationToken.None));
    }

    [Fact]
    public async Task A_platform_that_does_not_say_is_no_yes()
    {
        await using var server = await FakeGitHub.Start();
        server.Fault = (_, _) => FakeGitHub.Forbidden;

        await Assert.ThrowsAsync<PlatformException>(() => Publishing(server).WasHealthy(Commit, "production", CancellationToken.None));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<string> Publish(FakeGitHub server)
    {
        var sbom = Directory.CreateDirectory(Path.Combine(_folder, "sbom")).FullName;
        File.WriteAllText(Path.Combine(sbom, "image.json"), "bytes");
        File.WriteAllText(Path.Combine(sbom, "more.json"), "more bytes");
        return Publishing(server).Publish(Version, Commit, Notes, ReleaseFile.In([sbom, Path.Combine(_folder, "absent")]), CancellationToken.None);
    }

    private static ReleasePublishing Publishing(FakeGitHub server) =>
        new(new OctokitApi(FakeGitHub.Token, server.Address), RepositoryName.TryParse($"{FakeGitHub.Owner}/{FakeGitHub.Name}", out var repository) ? repository : default);
}
