using System.Security.Cryptography;
using WasmWizard.Delivery.Postgres.Archives;

namespace WasmWizard.Delivery.Postgres.Tests;

public sealed class ArchiveSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("archive-").FullName;

    private string Archive => Path.Combine(_folder, "a.wwbk");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(ArchiveCipher.ChunkBytes)]
    [InlineData(ArchiveCipher.ChunkBytes + 1)]
    [InlineData((3 * ArchiveCipher.ChunkBytes) - 7)]
    public void What_was_written_comes_back(int length)
    {
        var (content, key) = Write(length);

        Assert.Equal(content, Read(key));
    }

    [Theory]
    [InlineData("cut off")]
    [InlineData("a chunk less")]
    [InlineData("a bit flipped")]
    [InlineData("two chunks swapped")]
    [InlineData("the salt changed")]
    [InlineData("grown")]
    [InlineData("empty")]
    public void What_was_changed_is_refused(string change)
    {
        var (_, key) = Write(3 * ArchiveCipher.ChunkBytes);
        const int chunk = ArchiveCipher.ChunkBytes + ArchiveCipher.TagBytes;
        var bytes = File.ReadAllBytes(Archive);
        var head = bytes[..ArchiveCipher.HeaderBytes];
        var body = bytes[ArchiveCipher.HeaderBytes..];
        File.WriteAllBytes(Archive, change switch
        {
            "cut off" => bytes[..^1],
            "a chunk less" => bytes[..^chunk],
            "a bit flipped" => [.. bytes[..1000], (byte)(bytes[1000] ^ 4), .. bytes[1001..]],
            "two chunks swapped" => [.. head, .. body[chunk..(2 * chunk)], .. body[..chunk], .. body[(2 * chunk)..]],
            "the salt changed" => [.. head[..^1], (byte)(head[^1] ^ 1), .. body],
            "grown" => [.. bytes, 0],
            _ => [],
        });

        Assert.Throws<ArchiveException>(() => Read(key));
    }

    [Fact]
    public void Two_archives_of_the_same_content_have_nothing_in_common()
    {
        var (_, key) = Write(5000);
        var first = File.ReadAllBytes(Archive);
        File.Delete(Archive);
        using (var writer = new ArchiveWriter(Archive, key))
        {
            writer.Write(new byte[5000]);
            writer.Finish();
        }

        Assert.False(File.ReadAllBytes(Archive).AsSpan(ArchiveCipher.HeaderBytes).SequenceEqual(first.AsSpan(ArchiveCipher.HeaderBytes)));
    }

    [Fact]
    public void A_key_is_made_for_its_owner_alone_and_kept()
    {
        var file = Path.Combine(_folder, "deeper", "backup.key");

        var key = ArchiveKey.LoadOrMake(file, out var made);

        Assert.True(made);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(key.Name, ArchiveKey.LoadOrMake(file, out var again).Name);
        Assert.False(again);
        Assert.DoesNotContain(File.ReadAllText(file).Trim()[..8], key.Name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "is missing")]
    [InlineData("short", "is not 64 hex digits")]
    [InlineData("open", "can be read or written by others")]
    public void A_key_that_is_none_is_told(string? content, string told)
    {
        var file = Path.Combine(_folder, "backup.key");
        if (content is not null)
        {
            File.WriteAllText(file, content == "open" ? Convert.ToHexStringLower(new byte[32]) : content);
            File.SetUnixFileMode(file, content == "open" ? UnixFileMode.UserRead | UnixFileMode.OtherRead : UnixFileMode.UserRead);
        }

        Assert.Contains(told, Assert.Throws<ArchiveException>(() => ArchiveKey.Load(file)).Message, StringComparison.Ordinal);
    }

    private (byte[] Content, ArchiveKey Key) Write(int length)
    {
        var key = ArchiveKey.LoadOrMake(Path.Combine(_folder, "k"), out _);
        var content = RandomNumberGenerator.GetBytes(length);
        using var writer = new ArchiveWriter(Archive, key);
        // Writes that do not fall on the edges of chunks.
        for (var at = 0; at < length; at += 1000)
            writer.Write(content.AsSpan(at, Math.Min(1000, length - at)));
        var (digest, bytes) = writer.Finish();
        Assert.Equal(length, writer.PlainBytes);
        Assert.Equal(new FileInfo(Archive).Length, bytes);
        writer.Dispose();
        Assert.Equal(Delivery.Releases.Digest.Of(File.ReadAllBytes(Archive)), digest);
        return (content, key);
    }

    private byte[] Read(ArchiveKey key)
    {
        using var reader = new ArchiveReader(Archive, key);
        using var plain = new MemoryStream();
        reader.CopyTo(plain);
        return plain.ToArray();
    }
}
