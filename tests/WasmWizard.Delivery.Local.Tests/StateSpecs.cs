using WasmWizard.Delivery.Containers;
using WasmWizard.Delivery.Local.State;
using WasmWizard.Delivery.Local.Tests.Fixtures;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Local.Tests;

public sealed class StateSpecs : IDisposable
{
    private readonly Place _place = new();

    [Fact]
    public void The_state_lies_under_the_given_root_or_the_users_state_folder_and_never_in_the_clone()
    {
        Assert.Equal(Path.Combine(_place.Root, "research"), LocalState.Of("research", _place.Root).Folder);
        Assert.EndsWith("wasm-wizard/research", LocalState.Of("research").Folder, StringComparison.Ordinal);
        Assert.True(Path.IsPathFullyQualified(LocalState.Of("research").Folder));
    }

    [Fact]
    public void Every_folder_is_for_its_owner_only()
    {
        _place.State.Create();

        Assert.All(
            Directory.GetDirectories(_place.State.Folder, "*", SearchOption.AllDirectories).Append(_place.State.Folder),
            folder => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder)));
    }

    [Fact]
    public async Task A_stored_release_is_found_the_last_used_first_and_gone_when_removed()
    {
        var first = await Add(1);
        var second = await Add(2);
        _place.Releases.Touch(first.Id);

        Assert.Equal([first, second], await _place.Releases.All(default));
        Assert.Equal(second, await _place.Releases.Find(second.Id, default));
        Assert.True(_place.Releases.Holds(second));
        _place.Releases.Remove(second.Id);
        Assert.Null(await _place.Releases.Find(second.Id, default));
        Assert.Equal([first], await _place.Releases.All(default));
    }

    [Fact]
    public async Task A_folder_that_a_crash_left_is_no_release_and_a_new_attempt_completes_it()
    {
        var release = await Add(1);
        File.Delete(Path.Combine(_place.State.FolderOf(release.Id), "release.json"));
        Assert.Empty(await _place.Releases.All(default));
        Assert.Single(_place.Releases.Leftovers());

        await Add(1);

        Assert.True(_place.Releases.Holds(release));
        Assert.Empty(_place.Releases.Leftovers());
    }

    [Fact]
    public async Task A_stop_where_nothing_was_ever_deployed_has_nothing_to_do()
    {
        using var target = _place.Target();

        foreach (var step in await target.Withdraw(default))
            Assert.True((await step.Observe(default)).Holds, step.Id);
    }

    [Fact]
    public async Task A_route_is_taken_away_without_a_front_and_stale_tokens_are_refused_there_too()
    {
        _place.State.Create();
        await File.WriteAllTextAsync(_place.State.Front.Memory, """{"token":5,"route":{"instance":"a-1","release":"a","since":"2026-01-01T00:00:00Z"}}""");

        Assert.Throws<StepFailedException>(() => _place.Front.ForgetRoute(new FencingToken(4)));
        await Assert.ThrowsAsync<StepFailedException>(() => _place.Front.Fence(new FencingToken(4), default));
        await _place.Front.Fence(new FencingToken(6), default);
        _place.Front.ForgetRoute(new FencingToken(6));

        Assert.Contains("\"token\":6", await File.ReadAllTextAsync(_place.State.Front.Memory), StringComparison.Ordinal);
        Assert.Contains("\"instance\":null", await File.ReadAllTextAsync(_place.State.Front.Memory), StringComparison.Ordinal);
        Assert.Throws<StepFailedException>(() => _place.Front.Client());
    }

    public void Dispose() => _place.Dispose();

    private async Task<Release> Add(byte content)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_place.Root, $"source {content}")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "program"), [content]);
        var layer = Path.Combine(_place.Root, $"{content}.tar");
        var release = new Release
        {
            Version = $"{content}.0.0",
            Commit = "commit",
            Tree = "tree",
            Digest = await AppLayer.Write(folder, layer),
            Config = ConfigHash.Of(new Dictionary<string, string>()),
            Variables = new Dictionary<string, string>(),
            Migrations = [],
        };
        await _place.Releases.Add(release, layer, default);
        return release;
    }
}
