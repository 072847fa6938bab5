using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using WasmWizard.Delivery.Containers.Oci;

namespace WasmWizard.Delivery.Containers.Tests;

public sealed class ImageLayoutSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wasm-wizard-layout-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Two_builds_in_two_folders_give_the_same_digest_whatever_the_commit()
    {
        var first = await SampleLayout.WriteAsync(Path.Combine(_folder, "one"), "c0ffee");
        var second = await SampleLayout.WriteAsync(Path.Combine(_folder, "elsewhere", "two"), "decaf");

        Assert.Equal(first.Digest, second.Digest);
        Assert.Equal("decaf", second.Image.Annotations!["org.opencontainers.image.revision"]);
    }

    [Fact]
    public async Task The_configuration_says_who_runs_what_and_how_it_is_asked()
    {
        var image = await SampleLayout.WriteAsync(_folder);

        using var document = JsonDocument.Parse(image.Read(image.Manifest.Config));
        var config = document.RootElement.GetProperty("config");

        Assert.Equal("65532:65532", config.GetProperty("User").GetString());
        Assert.Equal("""["A=1","B=2"]""", config.GetProperty("Env").GetRawText());
        Assert.Equal("""{"8080/tcp":{}}""", config.GetProperty("ExposedPorts").GetRawText());
        Assert.Equal("""["CMD","/app/run","health"]""", config.GetProperty("Healthcheck").GetProperty("Test").GetRawText());
        Assert.Equal("linux", document.RootElement.GetProperty("os").GetString());
        Assert.Equal(2, document.RootElement.GetProperty("rootfs").GetProperty("diff_ids").GetArrayLength());
    }

    [Fact]
    public async Task What_was_written_is_opened_again_and_a_damaged_blob_is_not()
    {
        var written = await SampleLayout.WriteAsync(_folder);

        var opened = ImageLayout.Open(written.Folder);
        Assert.Equal(written.Digest, opened.Digest);
        await File.AppendAllTextAsync(opened.PathOf(opened.Image), " ");
        Assert.Contains("other bytes", Assert.Throws<ImageException>(() => ImageLayout.Open(written.Folder)).Message, StringComparison.Ordinal);
        File.Delete(opened.PathOf(opened.Image));
        Assert.Contains("lacks the blob", Assert.Throws<ImageException>(() => ImageLayout.Open(written.Folder)).Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(written.Folder, "index.json"), "{");
        Assert.Throws<ImageException>(() => ImageLayout.Open(written.Folder));
        Assert.Contains("holds no image", Assert.Throws<ImageException>(() => ImageLayout.Open(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_root_keeps_links_gives_the_data_folder_to_its_user_and_opens_tmp_to_all()
    {
        var image = await SampleLayout.WriteAsync(_folder);
        await using var gzip = new GZipStream(File.OpenRead(image.PathOf(image.Manifest.Layers[0])), CompressionMode.Decompress);
        await using var tar = new TarReader(gzip);
        var entries = new List<TarEntry>();
        while (await tar.GetNextEntryAsync(copyData: true) is { } entry)
            entries.Add(entry);

        Assert.Equal(["data/", "etc/", "etc/passwd", "lib", "tmp/", "usr/", "usr/lib/", "usr/lib/os-release"], entries.Select(entry => entry.Name));
        Assert.Equal(65532, entries[0].Uid);
        Assert.Equal("usr/lib", entries[3].LinkName);
        Assert.All([entries[0], entries[4]], entry => Assert.True(entry.Mode.HasFlag(UnixFileMode.StickyBit | UnixFileMode.OtherWrite)));
        Assert.Equal(0, entries[4].Uid);
        Assert.All(entries, entry => Assert.Equal(DateTimeOffset.UnixEpoch, entry.ModificationTime));
    }

    [Fact]
    public async Task Files_are_read_out_of_layers_and_a_torn_layer_is_told()
    {
        var image = await SampleLayout.WriteAsync(_folder);

        var files = LayerReader.Files(image, name => name is "etc/passwd" or "app/run");
        Assert.Equal(["app/run", "etc/passwd"], files.Keys);
        using (var layer = File.OpenWrite(image.PathOf(image.Manifest.Layers[1])))
            layer.SetLength(layer.Length / 2);
        Assert.Throws<ImageException>(() => LayerReader.Files(image, _ => true));
    }

    [Fact]
    public async Task A_kept_layer_is_hashed_before_it_is_used_again()
    {
        var image = await SampleLayout.WriteAsync(_folder);
        var cache = new LayerCache(Path.Combine(_folder, "cache"));
        var kept = await cache.KeepAsync("base", Path.Combine(_folder, "root.tar"), image.Digest);

        Assert.Equal(kept, cache.Find("base"));
        Assert.Null(cache.Find("other"));
        await File.AppendAllTextAsync(kept.File, "x");
        Assert.Null(cache.Find("base"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "cache", "base.json"), "{");
        Assert.Null(cache.Find("base"));
    }
}
