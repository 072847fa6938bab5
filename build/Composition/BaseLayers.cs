using System.Text.Json;
using WasmWizard.Delivery.Containers;
using WasmWizard.Delivery.Containers.Oci;
using WasmWizard.Delivery.Containers.Registries;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.SupplyChain;
using WasmWizard.Delivery.SupplyChain.Debian;

/// <summary>What the application stands on: a root of Debian's packages that is laid out here, or an image of a registry.</summary>
/// <param name="workspace">Whose clock counts.</param>
/// <param name="recipe">What is wanted of Debian.</param>
/// <param name="image">An image by its digest; null for Debian's packages.</param>
/// <param name="mirror">Where Debian's packages come from; null for the machine's own mirror.</param>
public sealed class BaseLayers(Workspace workspace, BaseRecipe recipe, string? image, string? mirror)
{
    /// <summary>Bases that were looked up less than this ago are not looked up again unless somebody types so.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromHours(24);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Of the user, not of the clone: a base depends on no file of the repository.</summary>
    private static AbsolutePath Folder => Workspace.Cache / "base";

    private LayerCache Layers => new(Folder);

    /// <param name="afresh">Ask the mirror even when the answer of today is known.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="SupplyDataException">Mirror, keys or tools are missing and no base is at hand, or something is not what was signed.</exception>
    /// <exception cref="ImageException">The registry does not give the image.</exception>
    public async Task<ImageBase> Get(bool afresh, CancellationToken cancellation)
    {
        if (image is not null)
        {
            using var client = Registry.NewClient(RegistryAccess.Credentials);
            return await new Registry(client).PullBaseAsync(ImageReference.Parse(image), DebianBase.Architecture, Layers, Folder, cancellation);
        }

        var known = Known();
        var layer = known is null ? null : Layers.Find(known.Key);
        if (known is not null && layer is not null && !afresh && workspace.Time.GetUtcNow() - known.ResolvedAt < Fresh)
            return Of(layer);
        try
        {
            return Of(await Resolve(layer is null ? null : known!.Key, cancellation));
        }
        catch (MissingDataException missing) when (layer is not null && known is not null)
        {
            Log.Warning("The base of {Date:yyyy-MM-dd} is used again: {Reason:l}. Next: {Fix:l}", known.IndexDate, missing.Message, missing.Fix);
            return Of(layer);
        }
    }

    private async Task<PackedLayer> Resolve(string? knownKey, CancellationToken cancellation)
    {
        AbsolutePath work = Directory.CreateTempSubdirectory("wasm-wizard-base-").FullName;
        try
        {
            var root = work / "root";
            Directory.CreateDirectory(root);
            var resolved = await new DebianBase(SecurityIndex.DefaultKeyring, mirror, workspace.Time).LayOutAsync(recipe, root, knownKey, cancellation);
            Directory.CreateDirectory(Folder);
            if (Layers.Find(resolved.Key) is not { } layer)
            {
                var tar = work / "root.tar";
                layer = await Layers.KeepAsync(resolved.Key, tar, await RootLayer.Write(root, BaseRoot.User, tar, cancellation), cancellation);
                Log.Information("Base of {Count} packages of {Codename:l} as of {Date:yyyy-MM-dd}, {Size:0.0} MiB", resolved.Packages.Count, resolved.Codename, resolved.IndexDate, layer.Size / 1048576.0);
            }

            var half = $"{DescriptionFile}.{System.Environment.ProcessId}";
            File.WriteAllText(half, JsonSerializer.Serialize(new Description(resolved.Key, resolved.IndexDate, workspace.Time.GetUtcNow()), Json));
            File.Move(half, DescriptionFile, overwrite: true);
            return layer;
        }
        finally
        {
            work.DeleteDirectory();
        }
    }

    /// <summary>Bases from different mirrors are told apart, so that a mirror that is named is the one that is asked.</summary>
    private AbsolutePath DescriptionFile => Folder / $"{recipe.Name}-{BaseRecipe.Edition}{(mirror is null ? "" : "-" + Digest.Of(System.Text.Encoding.UTF8.GetBytes(mirror)).Brief)}.json";

    private Description? Known()
    {
        try
        {
            return File.Exists(DescriptionFile) ? JsonSerializer.Deserialize<Description>(File.ReadAllText(DescriptionFile), Json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ImageBase Of(PackedLayer layer) => new(layer.DiffId, DebianBase.Architecture, [layer]);

    private sealed record Description(string Key, DateTimeOffset IndexDate, DateTimeOffset ResolvedAt);
}
