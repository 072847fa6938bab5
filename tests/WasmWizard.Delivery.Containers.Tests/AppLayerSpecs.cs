using System.Formats.Tar;
using System.Security.Cryptography;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Containers.Tests;

public sealed class AppLayerSpecs : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("app-layer-").FullName;

    [Fact]
    public async Task Two_folders_with_equal_files_give_equal_bytes()
    {
        var first = Folder("first", "z.txt", "a/b.txt", "a/c.txt", $"{new string('n', 60)}/{new string('m', 80)}.txt");
        await Task.Yield();
        var second = Folder("second", $"{new string('n', 60)}/{new string('m', 80)}.txt", "a/c.txt", "a/b.txt", "z.txt");
        foreach (var file in Directory.EnumerateFiles(second, "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));

        var one = await AppLayer.Write(first, In("one.tar"));
        var two = await AppLayer.Write(second, In("two.tar"));

        Assert.Equal(one, two);
        Assert.Equal(await File.ReadAllBytesAsync(In("one.tar")), await File.ReadAllBytesAsync(In("two.tar")));
    }

    [Fact]
    public async Task The_digest_is_that_of_the_uncompressed_tar()
    {
        var digest = await AppLayer.Write(Folder("app", "a.txt"), In("a.tar"));

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(In("a.tar")))), digest.Hex);
    }

    [Fact]
    public async Task Every_entry_is_normalized()
    {
        var folder = Folder("app", "run", "data/plain.txt");
        File.SetUnixFileMode(Path.Combine(folder, "run"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.SetUnixFileMode(Path.Combine(folder, "data/plain.txt"), UnixFileMode.UserRead);
        await AppLayer.Write(folder, In("a.tar"));

        var entries = await Entries(In("a.tar"));

        Assert.Equal(["app/", "app/data/", "app/data/plain.txt", "app/run"], entries.Select(entry => entry.Name));
        Assert.All(entries, entry => Assert.Equal((0, 0, DateTimeOffset.UnixEpoch), (entry.Uid, entry.Gid, entry.ModificationTime)));
        Assert.Equal(["755", "755", "644", "755"], entries.Select(entry => Convert.ToString((int)entry.Mode, 8)));
    }

    [Fact]
    public async Task Unpacking_gives_the_files_back_with_their_executable_bit()
    {
        var longName = $"{new string('d', 90)}/{new string('f', 90)}.txt";
        var folder = Folder("app", "run", longName);
        File.SetUnixFileMode(Path.Combine(folder, "run"), (UnixFileMode)0b111_101_101);
        var digest = await AppLayer.Write(folder, In("a.tar"));

        await AppLayer.Unpack(In("a.tar"), digest, In("out/release"));

        Assert.True(AppLayer.IsComplete(In("out/release"), digest));
        Assert.Equal("content of run", await File.ReadAllTextAsync(In("out/release/app/run")));
        Assert.Equal($"content of {longName}", await File.ReadAllTextAsync(In($"out/release/app/{longName}")));
        Assert.True(File.GetUnixFileMode(In("out/release/app/run")).HasFlag(UnixFileMode.UserExecute));
        Assert.False(File.GetUnixFileMode(In($"out/release/app/{longName}")).HasFlag(UnixFileMode.UserExecute));
    }

    [Fact]
    public async Task A_complete_folder_is_left_as_it_is()
    {
        var digest = await AppLayer.Write(Folder("app", "a.txt"), In("a.tar"));
        await AppLayer.Unpack(In("a.tar"), digest, In("release"));
        await File.WriteAllTextAsync(In("release/trace"), "kept");

        await AppLayer.Unpack(In("a.tar"), digest, In("release"));

        Assert.True(File.Exists(In("release/trace")));
    }

    [Fact]
    public async Task An_incomplete_folder_is_replaced()
    {
        var digest = await AppLayer.Write(Folder("app", "a.txt"), In("a.tar"));
        Directory.CreateDirectory(In("release/app"));
        await File.WriteAllTextAsync(In("release/app/half"), "half");

        await AppLayer.Unpack(In("a.tar"), digest, In("release"));

        Assert.False(File.Exists(In("release/app/half")));
        Assert.True(File.Exists(In("release/app/a.txt")));
    }

    [Fact]
    public async Task Damaged_bytes_are_refused_and_leave_nothing()
    {
        var digest = await AppLayer.Write(Folder("app", "a.txt"), In("a.tar"));
        var bytes = await File.ReadAllBytesAsync(In("a.tar"));
        bytes[1536] ^= 1;
        await File.WriteAllBytesAsync(In("a.tar"), bytes);

        await Assert.ThrowsAsync<LayerException>(() => AppLayer.Unpack(In("a.tar"), digest, In("out/release")));

        Assert.Empty(Directory.EnumerateFileSystemEntries(In("out")));
    }

    [Fact]
    public async Task A_cut_layer_is_refused_and_leaves_nothing()
    {
        var digest = await AppLayer.Write(Folder("app", "a.txt"), In("a.tar"));
        await using (var file = File.OpenWrite(In("a.tar")))
            file.SetLength(700);

        await Assert.ThrowsAsync<LayerException>(() => AppLayer.Unpack(In("a.tar"), digest, In("out/release")));

        Assert.Empty(Directory.EnumerateFileSystemEntries(In("out")));
    }

    [Theory]
    [InlineData("../escaped.txt")]
    [InlineData("app/../../escaped.txt")]
    [InlineData("/etc/escaped.txt")]
    [InlineData("other/file.txt")]
    [InlineData("app/./file.txt")]
    [InlineData("app\\..\\file.txt")]
    public async Task A_name_that_leaves_the_folder_is_refused(string name)
    {
        var digest = await Tar(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream([1]) });

        var refusal = await Assert.ThrowsAsync<LayerException>(() => AppLayer.Unpack(In("a.tar"), digest, In("out/release")));

        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(In("out")));
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    public async Task A_link_in_a_layer_is_refused(TarEntryType type)
    {
        var digest = await Tar(new UstarTarEntry(type, "app/link") { LinkName = "/etc/passwd" });

        await Assert.ThrowsAsync<LayerException>(() => AppLayer.Unpack(In("a.tar"), digest, In("out/release")));
    }

    [Fact]
    public async Task A_link_in_the_folder_is_refused()
    {
        var folder = Folder("app", "a.txt");
        File.CreateSymbolicLink(Path.Combine(folder, "link"), "/etc/passwd");

        await Assert.ThrowsAsync<LayerException>(() => AppLayer.Write(folder, In("a.tar")));

        Assert.False(File.Exists(In("a.tar")));
    }

    [Fact]
    public async Task An_empty_folder_is_refused()
    {
        Directory.CreateDirectory(In("empty"));

        await Assert.ThrowsAsync<LayerException>(() => AppLayer.Write(In("empty"), In("a.tar")));
    }

    [Fact]
    public async Task A_cancelled_write_leaves_nothing()
    {
        var folder = Folder("app", "a.txt");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AppLayer.Write(folder, In("out/a.tar"), new CancellationToken(canceled: true)));

        Assert.Empty(Directory.EnumerateFileSystemEntries(In("out")));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static async Task<IReadOnlyList<TarEntry>> Entries(string tar)
    {
        var entries = new List<TarEntry>();
        await using var file = File.OpenRead(tar);
        await using var reader = new TarReader(file);
        while (await reader.GetNextEntryAsync(copyData: true) is { } entry)
            entries.Add(entry);
        return entries;
    }

    private async Task<Digest> Tar(TarEntry entry)
    {
        await using (var file = File.Create(In("a.tar")))
        await using (var writer = new TarWriter(file, TarEntryFormat.Ustar))
            await writer.WriteEntryAsync(entry);
        return Digest.Of(await File.ReadAllBytesAsync(In("a.tar")));
    }

    private string Folder(string name, params string[] files)
    {
        foreach (var file in files)
        {
            var path = In($"{name}/{file}");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, $"content of {file}");
        }

        return In(name);
    }

    private string In(string path) => Path.Combine(_root, path);
}
