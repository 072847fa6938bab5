using System.Formats.Tar;
using System.Text;
using WasmWizard.Delivery.Containers.Oci;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Containers.Tests;

/// <summary>Layers of others: what upper ones remove is not in the image, and what was exchanged is not read.</summary>
public sealed class LayerReaderSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wasm-wizard-reader-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_an_upper_layer_removes_is_gone_and_what_it_adds_beside_stays()
    {
        var image = await StackAsync(
            ["./etc/a", "./etc/deep/b", "opt/c", "opt/d", "root"],
            ["etc/.wh.a", "etc/.wh.deep", "opt/.wh..wh..opq", "opt/new", ".wh.root"]);

        Assert.Equal(["opt/new"], LayerReader.Files(image, _ => true).Keys);
    }

    [Fact]
    public async Task A_removed_name_takes_only_itself_and_what_lies_under_it()
    {
        var image = await StackAsync(["etc/a", "etc/ab", "etc/b"], ["etc/.wh.a"]);

        Assert.Equal(["etc/ab", "etc/b"], LayerReader.Files(image, _ => true).Keys);
    }

    [Fact]
    public async Task A_layer_that_was_exchanged_for_another_whole_one_is_not_read()
    {
        var image = await StackAsync(["etc/a"], ["etc/b"]);
        File.Copy(image.PathOf(image.Manifest.Layers[1]), image.PathOf(image.Manifest.Layers[0]), overwrite: true);

        Assert.Contains("other bytes", Assert.Throws<ImageException>(() => LayerReader.Files(image, _ => true)).Message, StringComparison.Ordinal);
    }

    private async Task<ImageLayout> StackAsync(params string[][] layers)
    {
        var packed = new List<PackedLayer>();
        foreach (var names in layers)
        {
            var tar = Path.Combine(_folder, $"{packed.Count}.tar");
            await using (var writer = new TarWriter(File.Create(tar)))
                foreach (var name in names)
                    await writer.WriteEntryAsync(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(name)) });
            packed.Add(await PackedLayer.CompressAsync(tar, Digest.Of(await File.ReadAllBytesAsync(tar)), tar + ".gz"));
        }

        return ImageLayout.Write(Path.Combine(_folder, "oci"), SampleLayout.Settings, "amd64", packed, new Dictionary<string, string>());
    }
}
