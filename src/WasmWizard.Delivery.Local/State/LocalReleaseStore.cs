using System.Text;
using WasmWizard.Delivery.Containers;
using WasmWizard.Delivery.Local.Protocol.Files;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Local.State;

/// <summary>
/// Unpacked releases: <c>releases/&lt;id&gt;/release.json</c> beside <c>app/</c>. The description is written last, so a folder with one
/// is whole. The age of a release is that of its last use, kept as the description's time of change.
/// </summary>
public sealed class LocalReleaseStore(LocalState state, TimeProvider time) : IReleaseStore
{
    private const string Description = "release.json";

    public Task<Release?> Find(ReleaseId id, CancellationToken cancellation) => Task.FromResult(Load(id));

    public Task<IReadOnlyList<Release>> All(CancellationToken cancellation)
    {
        IReadOnlyList<Release> releases = [.. Ids().Select(Load).OfType<Release>().OrderByDescending(release => File.GetLastWriteTimeUtc(DescriptionOf(release.Id)))];
        return Task.FromResult(releases);
    }

    /// <summary>The folder with the application of a stored release.</summary>
    public string AppOf(ReleaseId id) => Path.Combine(state.FolderOf(id), AppLayer.Root);

    /// <summary>Stored, and unpacked from the very layer it names.</summary>
    public bool Holds(Release release) => Load(release.Id) is not null && AppLayer.IsComplete(state.FolderOf(release.Id), release.Digest);

    /// <summary>Unpacks the layer and describes it. After a crash anywhere it can be done again.</summary>
    /// <exception cref="LayerException">The layer is not what the release names.</exception>
    public async Task Add(Release release, string layer, CancellationToken cancellation)
    {
        await AppLayer.Unpack(layer, release.Digest, state.FolderOf(release.Id), cancellation);
        AtomicFile.Write(DescriptionOf(release.Id), Encoding.UTF8.GetBytes(ReleaseJson.Write(release)));
        Touch(release.Id);
    }

    /// <summary>Makes the release the newest one.</summary>
    public void Touch(ReleaseId id) => File.SetLastWriteTimeUtc(DescriptionOf(id), time.GetUtcNow().UtcDateTime);

    /// <summary>Removes the release; the description first, so that no half-removed one is offered.</summary>
    public void Remove(ReleaseId id)
    {
        File.Delete(DescriptionOf(id));
        Folders.Delete(state.FolderOf(id));
    }

    /// <summary>Folders that are no stored release: what a crash left of unpacking or removing one.</summary>
    public IReadOnlyList<string> Leftovers() => !Directory.Exists(state.Releases)
        ? []
        : [.. Directory.EnumerateDirectories(state.Releases).Where(folder => !File.Exists(Path.Combine(folder, Description)))];

    private IEnumerable<ReleaseId> Ids() => !Directory.Exists(state.Releases)
        ? []
        : Directory.EnumerateDirectories(state.Releases)
            .Select(folder => ReleaseId.TryParse(Path.GetFileName(folder), out var id) ? id : (ReleaseId?)null)
            .OfType<ReleaseId>();

    private Release? Load(ReleaseId id) =>
        AtomicFile.Read(DescriptionOf(id)) is { } bytes ? ReleaseJson.Read(Encoding.UTF8.GetString(bytes)) : null;

    private string DescriptionOf(ReleaseId id) => Path.Combine(state.FolderOf(id), Description);
}
