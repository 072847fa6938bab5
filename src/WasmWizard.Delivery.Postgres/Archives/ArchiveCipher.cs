using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace WasmWizard.Delivery.Postgres.Archives;

/// <summary>
/// The form of an encrypted archive: a header (magic, name of the key, salt), then chunks of AES-256-GCM. The nonce of a chunk is its number and
/// whether it is the last, so chunks cannot be dropped, repeated, swapped or cut off; the header is authenticated with each.
/// </summary>
internal sealed class ArchiveCipher : IDisposable
{
    public const int ChunkBytes = 64 * 1024;
    public const int TagBytes = 16;
    public const int HeaderBytes = 8 + 16 + SaltBytes;

    private const int SaltBytes = 32;

    private static readonly byte[] Magic = "WWBK\0\0\0\u0001"u8.ToArray();

    private readonly AesGcm _cipher;
    private readonly byte[] _header;
    private long _number;

    private ArchiveCipher(ArchiveKey key, byte[] header)
    {
        _header = header;
        _cipher = new AesGcm(key.Derive(header.AsSpan(HeaderBytes - SaltBytes)), TagBytes);
    }

    public ReadOnlySpan<byte> Header => _header;

    public static ArchiveCipher ForWriting(ArchiveKey key) =>
        new(key, [.. Magic, .. Encoding.ASCII.GetBytes(key.Name), .. RandomNumberGenerator.GetBytes(SaltBytes)]);

    /// <exception cref="ArchiveException">It is no archive, or one of another key.</exception>
    public static ArchiveCipher ForReading(ArchiveKey key, byte[] header)
    {
        if (header.Length != HeaderBytes || !header.AsSpan(0, Magic.Length).SequenceEqual(Magic))
            throw new ArchiveException("this is no encrypted archive: its head is another");
        var name = Encoding.ASCII.GetString(header.AsSpan(Magic.Length, 16));
        return name == key.Name
            ? new(key, header)
            : throw new ArchiveException($"the archive is encrypted with the key {name}; the key at hand is {key.Name}");
    }

    public void Encrypt(ReadOnlySpan<byte> plain, bool isLast, Span<byte> sealedChunk) =>
        _cipher.Encrypt(Nonce(isLast), plain, sealedChunk[..plain.Length], sealedChunk.Slice(plain.Length, TagBytes), _header);

    /// <exception cref="ArchiveException">The chunk was changed, cut off, or stands elsewhere than it was written.</exception>
    public void Decrypt(ReadOnlySpan<byte> sealedChunk, bool isLast, Span<byte> plain)
    {
        if (sealedChunk.Length < TagBytes)
            throw new ArchiveException("the archive is cut off");
        var length = sealedChunk.Length - TagBytes;
        try
        {
            _cipher.Decrypt(Nonce(isLast), sealedChunk[..length], sealedChunk[length..], plain[..length], _header);
        }
        catch (AuthenticationTagMismatchException changed)
        {
            throw new ArchiveException($"the archive is not what was written: its chunk {_number - 1} was changed or is cut off", changed);
        }
    }

    public void Dispose() => _cipher.Dispose();

    private byte[] Nonce(bool isLast)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(3), _number++);
        nonce[11] = isLast ? (byte)1 : (byte)0;
        return nonce;
    }
}
