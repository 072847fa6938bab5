namespace WasmWizard.Delivery.Postgres.Archives;

/// <summary>A stream that decrypts an archive's file; what was changed in it is refused before it is given to anybody.</summary>
internal sealed class ArchiveReader : Stream
{
    private readonly FileStream _file;
    private readonly ArchiveCipher _cipher;
    private readonly byte[] _sealed = new byte[ArchiveCipher.ChunkBytes + ArchiveCipher.TagBytes];
    private readonly byte[] _plain = new byte[ArchiveCipher.ChunkBytes];
    private int _at;
    private int _filled;
    private bool _ended;

    public ArchiveReader(string path, ArchiveKey key)
    {
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            var header = new byte[ArchiveCipher.HeaderBytes];
            var read = _file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
            _cipher = ArchiveCipher.ForReading(key, header[..read]);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (_at == _filled)
        {
            if (_ended)
                return 0;
            Open();
        }

        var part = Math.Min(buffer.Length, _filled - _at);
        _plain.AsSpan(_at, part).CopyTo(buffer);
        _at += part;
        return part;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
            _cipher.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Open()
    {
        var read = _file.ReadAtLeast(_sealed, _sealed.Length, throwOnEndOfStream: false);
        _ended = _file.Position == _file.Length;
        _cipher.Decrypt(_sealed.AsSpan(0, read), _ended, _plain);
        (_at, _filled) = (0, read - ArchiveCipher.TagBytes);
    }
}
