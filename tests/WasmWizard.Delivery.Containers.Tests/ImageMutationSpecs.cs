using WasmWizard.Delivery.Containers.Oci;
using Xunit.Abstractions;

namespace WasmWizard.Delivery.Containers.Tests;

/// <summary>An image on disk that is whole, and what happens when one thing about it is broken before a gate looks into it.</summary>
public sealed class ImageMutationSpecs(ITestOutputHelper output) : IDisposable
{
    private static readonly (string Broken, Action<ImageLayout> Break, string Told)[] Mutations =
    [
        ("the manifest has one byte more", image => File.AppendAllText(image.PathOf(image.Image), " "), "other bytes"),
        ("the manifest is missing", image => File.Delete(image.PathOf(image.Image)), "lacks the blob"),
        ("the configuration is another one", image => File.WriteAllText(image.PathOf(image.Manifest.Config), "{}"), "other bytes"),
        ("the index is empty", image => File.WriteAllText(Index(image), ""), "index.json"),
        ("the index is cut", image => Cut(Index(image)), "index.json"),
        ("the index names no image", image => File.WriteAllText(Index(image), """{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}"""), "must name one image"),
        ("there is no index", image => File.Delete(Index(image)), "holds no image"),
        ("a layer is cut", image => Cut(image.PathOf(image.Manifest.Layers[1])), "layer"),
        ("a layer is missing", image => File.Delete(image.PathOf(image.Manifest.Layers[0])), "cannot be read"),
        ("a layer is exchanged for another whole one", image => File.Copy(image.PathOf(image.Manifest.Layers[1]), image.PathOf(image.Manifest.Layers[0]), overwrite: true), "other bytes"),
        ("a layer has bytes behind its end", image => File.AppendAllText(image.PathOf(image.Manifest.Layers[0]), "x"), "layer"),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("wasm-wizard-mutation-").FullName;

    public static TheoryData<string> Names { get; } = [.. Mutations.Select(mutation => mutation.Broken)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_unbroken_image_is_read() => Assert.NotEmpty(Look((await SampleLayout.WriteAsync(_folder)).Folder));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_way_to_break_it_is_told_with_what_to_do(string broken)
    {
        var mutation = Mutations.Single(row => row.Broken == broken);
        var image = await SampleLayout.WriteAsync(_folder);
        mutation.Break(image);

        var told = Assert.Throws<ImageException>(() => Look(image.Folder));

        output.WriteLine($"image | {broken} | {told.Message}");
        Assert.Contains(mutation.Told, told.Message, StringComparison.Ordinal);
        Assert.NotEmpty(told.Fix);
    }

    /// <summary>As scan, bill of materials and claims do.</summary>
    private static IEnumerable<string> Look(string folder)
    {
        var image = ImageLayout.Open(folder);
        image.Read(image.Manifest.Config);
        return LayerReader.Files(image, _ => true).Keys;
    }

    private static string Index(ImageLayout image) => Path.Combine(image.Folder, "index.json");

    private static void Cut(string file)
    {
        using var stream = File.OpenWrite(file);
        stream.SetLength(stream.Length / 2);
    }
}
