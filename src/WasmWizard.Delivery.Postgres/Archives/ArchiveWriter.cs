using System.Security.Cryptography;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Postgres.Archives;

/// <summary>A stream that encrypts what is written to it into a file, and hashes the file's bytes on the way.</summary>
internal sealed class ArchiveWriter : Stream
{
    private readonly ArchiveCipher _cipher;
    private readonly FileStream _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _plain = new byte[ArchiveCipher.ChunkBytes];
    private readonly byte[] _sealed = new byte[ArchiveCipher.ChunkBytes + ArchiveCipher.TagBytes];
    private int _filled;

    public ArchiveWriter(string path, ArchiveKey key)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _file = new FileStream(path, options);
        _cipher = ArchiveCipher.ForWriting(key);
        Append(_cipher.Header);
    }

    /// <summary>What was written so far, before encryption.</summary>
    public long PlainBytes { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Writes the last chunk and puts everything on the disk.</summary>
    public (Digest Archive, long Bytes) Finish()
    {
        Seal(isLast: true);
        _file.Flush(flushToDisk: true);
        return (Digest.FromHash(_hash.GetHashAndReset()), _file.Length);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        PlainBytes += buffer.Length;
        while (buffer.Length > 0)
        {
            // A full chunk waits for the next byte: only then it is known not to be the last.
            if (_filled == _plain.Length)
                Seal(isLast: false);
            var part = Math.Min(buffer.Length, _plain.Length - _filled);
            buffer[..part].CopyTo(_plain.AsSpan(_filled));
            _filled += part;
            buffer = buffer[part..];
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush() => _file.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
            _cipher.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Seal(bool isLast)
    {
        var chunk = _sealed.AsSpan(0, _filled + ArchiveCipher.TagBytes);
        _cipher.Encrypt(_plain.AsSpan(0, _filled), isLast, chunk);
        Append(chunk);
        _filled = 0;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        _file.Write(bytes);
        _hash.AppendData(bytes);
    }
}
