using System.Text.Json.Nodes;
using WasmWizard.Delivery.Compose.Engine;
using WasmWizard.Delivery.Compose.Stack;

namespace WasmWizard.Delivery.Compose.State;

/// <summary>
/// Files in a named volume of the engine: ledger, tokens, secrets. A container that never runs holds the volume, because files are read and written
/// through containers; its image is empty and made here.
/// </summary>
public sealed class EngineState(EngineClient engine, ComposeLayout stack)
{
    /// <summary>Nothing is in it.</summary>
    internal const string EmptyImage = "wasm-wizard-nothing:1";

    /// <summary>Names the volume that a container holds.</summary>
    internal const string HoldsLabel = "wasm-wizard.holds";

    private const string Folder = "/state";
    private const UnixFileMode OwnerReads = UnixFileMode.UserRead;

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

    public async Task<byte[]?> Read(string file, CancellationToken cancellation) => await engine.Get(Container, $"{Folder}/{file}", cancellation);

    public Task<IReadOnlyDictionary<string, byte[]>> ReadAll(string folder, CancellationToken cancellation) => engine.GetAll(Container, $"{Folder}/{folder}", cancellation);

    public async Task Write(string file, byte[] content, CancellationToken cancellation)
    {
        await Ensure(cancellation);
        await engine.Put(Container, Folder, [new(file, content, OwnerReads, 0)], cancellation);
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
