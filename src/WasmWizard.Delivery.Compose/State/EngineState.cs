using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.Compose.Engine;
using WasmWizard.Delivery.Compose.Stack;

namespace WasmWizard.Delivery.Compose.State;

/// <summary>
/// Files in a named volume of the engine: ledger, tokens, secrets. A container that never runs holds the volume, because files are read and written
/// through containers; its image is empty and made here. The engine is asked at every read, but a content that is known already is not fetched again.
/// </summary>
public sealed class EngineState(EngineClient engine, ComposeLayout stack)
{
    /// <summary>Nothing is in it.</summary>
    internal const string EmptyImage = "wasm-wizard-nothing:1";

    /// <summary>Names the volume that a container holds.</summary>
    internal const string HoldsLabel = "wasm-wizard.holds";

    private const string Folder = "/state";
    private const UnixFileMode OwnerReads = UnixFileMode.UserRead;

    private readonly ConcurrentDictionary<string, (FileStamp Stamp, byte[] Content)> _known = new(StringComparer.Ordinal);

    public string Container => $"{stack.Project}-state";

    private string Volume => $"{stack.Project}-state";

    /// <summary>Makes volume and container where they are missing; reading never does.</summary>
    public async Task Ensure(CancellationToken cancellation)
    {
        if (await engine.FindContainer(Container, cancellation) is not null)
            return;
        await EnsureImage(engine, cancellation);
        await engine.TryCreate(Container, Holding(Volume, Folder, stack), cancellation);
    }

    /// <summary>As it is now; null when it is not there.</summary>
    public async Task<byte[]?> Read(string file, CancellationToken cancellation)
    {
        var path = $"{Folder}/{file}";
        if (await engine.Stat(Container, path, cancellation) is not { } stamp)
            return null;
        if (_known.TryGetValue(file, out var known) && known.Stamp == stamp)
            return known.Content;
        // Whoever writes it in between gives it another stamp than the one it is known by here, so that it is fetched again.
        if (await engine.Get(Container, path, cancellation) is not { } content)
            return null;
        _known[file] = (stamp, content);
        return content;
    }

    public Task<IReadOnlyDictionary<string, byte[]>> ReadAll(string folder, CancellationToken cancellation) => engine.GetAll(Container, $"{Folder}/{folder}", cancellation);

    public async Task Write(string file, byte[] content, CancellationToken cancellation)
    {
        await Ensure(cancellation);
        var entry = new Archive.Entry(file, content, OwnerReads, 0);
        await engine.Put(Container, Folder, [entry], cancellation);
        _known[file] = (entry.Stamp, content);
    }

    internal static async Task EnsureImage(EngineClient engine, CancellationToken cancellation)
    {
        if (await engine.Find($"/images/{EmptyImage}/json", cancellation) is not null)
            return;
        // A tar without entries: two blocks of zeros.
        using var nothing = new MemoryStream(new byte[1024]);
        await engine.Send(HttpMethod.Post, $"/images/create?fromSrc=-&repo={EmptyImage.Split(':')[0]}&tag={EmptyImage.Split(':')[1]}", nothing, cancellation);
    }

    /// <summary>A container that only holds a volume.</summary>
    internal static JsonObject Holding(string volume, string path, ComposeLayout stack) => new()
    {
        ["Image"] = EmptyImage,
        ["Cmd"] = new JsonArray("never-started"),
        ["Labels"] = new JsonObject { ["wasm-wizard.project"] = stack.Project, [HoldsLabel] = volume },
        ["HostConfig"] = new JsonObject { ["Binds"] = new JsonArray($"{volume}:{path}"), ["NetworkMode"] = "none" },
    };
}
