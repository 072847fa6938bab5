using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.Compose.Engine;
using WasmWizard.Delivery.Compose.Stack;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Compose.State;

/// <summary>
/// A release as the engine keeps it: a volume with its secrets, labelled with the release itself and the hash of what is in the volume. Made once and
/// never changed, so that a rollback finds config and secrets byte for byte.
/// </summary>
public sealed class EngineReleaseStore(EngineClient engine, ComposeLayout stack) : IReleaseStore
{
    private const string ReleaseLabel = "wasm-wizard.release";
    private const string HashLabel = "wasm-wizard.secrets";
    private const string ProjectLabel = "wasm-wizard.project";
    private const UnixFileMode OwnerReads = UnixFileMode.UserRead;

    public async Task<Release?> Find(ReleaseId id, CancellationToken cancellation) =>
        (await Volumes(cancellation)).FirstOrDefault(volume => volume.Release.Id == id)?.Release;

    public async Task<IReadOnlyList<Release>> All(CancellationToken cancellation) =>
        [.. (await Volumes(cancellation)).OrderByDescending(volume => volume.Created).Select(volume => volume.Release)];

    public string VolumeOf(ReleaseId id) => $"{stack.Project}-release-{id}";

    /// <summary>The volume is there and holds what it was made with.</summary>
    internal async Task<bool> Holds(Release release, CancellationToken cancellation) =>
        (await Volumes(cancellation)).FirstOrDefault(volume => volume.Release.Id == release.Id) is { } volume
        && await ReadBack(release.Id, cancellation) == volume.Hash;

    /// <summary>Writes secrets into a volume of the release's own.</summary>
    internal async Task Add(Release release, IReadOnlyDictionary<string, byte[]> secrets, CancellationToken cancellation)
    {
        await EngineState.EnsureImage(engine, cancellation);
        // What a killed run left is made again: nothing runs with it yet.
        await Remove(release.Id, cancellation);
        await engine.Post("/volumes/create", new JsonObject
        {
            ["Name"] = VolumeOf(release.Id),
            ["Labels"] = new JsonObject { [ProjectLabel] = stack.Project, [ReleaseLabel] = ReleaseJson.Write(release), [HashLabel] = Hash(secrets) },
        }, cancellation);
        await WithHolder(release.Id, holder => engine.Put(
            holder, "/secrets", secrets.Select(secret => new Archive.Entry(secret.Key, secret.Value, OwnerReads, ComposeLayout.User)), cancellation), cancellation);
    }

    internal async Task Remove(ReleaseId id, CancellationToken cancellation)
    {
        // Whoever held the volume for a killed run would keep it from being removed.
        foreach (var left in await engine.Named(new Dictionary<string, string> { [EngineState.HoldsLabel] = VolumeOf(id) }, cancellation))
            await engine.Remove(left, cancellation);
        await engine.Delete($"/volumes/{VolumeOf(id)}", cancellation);
    }

    private async Task<string> ReadBack(ReleaseId id, CancellationToken cancellation)
    {
        IReadOnlyDictionary<string, byte[]> files = new Dictionary<string, byte[]>();
        await WithHolder(id, async holder => files = await engine.GetAll(holder, "/secrets/.", cancellation), cancellation);
        return Hash(files.ToDictionary(file => Path.GetFileName(file.Key), file => file.Value));
    }

    private async Task WithHolder(ReleaseId id, Func<string, Task> use, CancellationToken cancellation)
    {
        // A name of its own: somebody may look at the plan while somebody else deploys.
        var holder = $"{stack.Project}-hold-{Guid.NewGuid():N}";
        await engine.TryCreate(holder, EngineState.Holding(VolumeOf(id), "/secrets", stack), cancellation);
        try
        {
            await use(holder);
        }
        finally
        {
            await engine.Remove(holder, CancellationToken.None);
        }
    }

    private async Task<IReadOnlyList<Stored>> Volumes(CancellationToken cancellation)
    {
        var filter = new JsonObject { ["label"] = new JsonArray($"{ProjectLabel}={stack.Project}", ReleaseLabel) };
        var list = await engine.Get($"/volumes?filters={Uri.EscapeDataString(filter.ToJsonString())}", cancellation);
        return [.. (list["Volumes"]?.AsArray() ?? []).Select(volume => new Stored(
            ReleaseJson.Read(volume!["Labels"]![ReleaseLabel]!.GetValue<string>()),
            volume["Labels"]![HashLabel]!.GetValue<string>(),
            DateTimeOffset.Parse(volume["CreatedAt"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture)))];
    }

    private static string Hash(IReadOnlyDictionary<string, byte[]> files)
    {
        var lines = files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"{file.Key} {Convert.ToHexStringLower(SHA256.HashData(file.Value))}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
    }

    private sealed record Stored(Release Release, string Hash, DateTimeOffset Created);
}
