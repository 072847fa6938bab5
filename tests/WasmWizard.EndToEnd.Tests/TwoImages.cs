using System.Formats.Tar;
using System.Text.Json;

namespace WasmWizard.EndToEnd.Tests;

/// <summary>
/// The image of this tree, built in two clones that share neither folder nor cache, only the compiled build program; each is made when it is
/// first asked for.
/// </summary>
public sealed class TwoImages : IAsyncLifetime
{
    /// <summary>The tests that share these clones, and leave them at the commit that they found.</summary>
    public const string Tests = "two images";

    private readonly List<FreshClone> _clones = [];
    private readonly Lazy<Task<BuiltImage>> _first;
    private readonly Lazy<Task<FreshClone>> _other;
    private readonly Lazy<Task<BuiltImage>> _second;

    public TwoImages()
    {
        _first = new(async () => await Build(await Clone()));
        _other = new(Clone);
        _second = new(async () => await Build(await Other));
    }

    public Task<BuiltImage> First => _first.Value;

    /// <summary>The clone of the second image, which need not be built yet.</summary>
    public Task<FreshClone> Other => _other.Value;

    public Task<BuiltImage> Second => _second.Value;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var clone in _clones)
            await clone.DisposeAsync();
    }

    private async Task<FreshClone> Clone()
    {
        var clone = new FreshClone();
        await clone.InitializeAsync();
        clone.TakeCompiledProgram();
        _clones.Add(clone);
        return clone;
    }

    private static async Task<BuiltImage> Build(FreshClone clone)
    {
        var built = await clone.Build("Image", "--branch", "development");
        Assert.True(built.ExitCode == 0, built.ToString());
        return new(clone);
    }
}

[CollectionDefinition(TwoImages.Tests)]
public sealed class TwoImagesDefinition : ICollectionFixture<TwoImages>;

/// <summary>What lies in a clone after <c>Image</c>.</summary>
public sealed class BuiltImage
{
    public BuiltImage(FreshClone clone)
    {
        Clone = clone;
        var described = Parse(Path.Combine(Folder, "image.json"));
        Digest = described.GetProperty("image").GetString()!;
        Base = described.GetProperty("base").GetString()!;
    }

    public FreshClone Clone { get; }

    public string Digest { get; }

    public string Base { get; }

    private string Folder => Path.Combine(Clone.Folder, "artifacts", "image");

    /// <summary>Lays the app layer out in a folder.</summary>
    /// <returns>The service's program, the same bytes as in the image.</returns>
    public string Unpack(string folder)
    {
        TarFile.ExtractToDirectory(Path.Combine(Folder, "app.tar"), Directory.CreateDirectory(folder).FullName, overwriteFiles: true);
        return Path.Combine(folder, "app", "WasmWizard.Service");
    }

    public IReadOnlyList<long> LayerSizes => [.. Manifest.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("size").GetInt64())];

    /// <summary>Digest of the configuration, which is an engine's name for the image.</summary>
    public string Configuration => Manifest.GetProperty("config").GetProperty("digest").GetString()!;

    private JsonElement Manifest => Parse(Path.Combine(Folder, "oci", "blobs", "sha256", Digest["sha256:".Length..]));

    private static JsonElement Parse(string file) => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(file));
}
