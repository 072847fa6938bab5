namespace WasmWizard.Delivery.Postgres.Tests.Fixtures;

/// <summary>Takes some bytes and then says what a full disk says.</summary>
internal sealed class FullDisk(Stream real) : Stream
{
    private const int Room = 10_000;

    private long _written;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => real.Length;

    public override long Position
    {
        get => real.Position;
        set => real.Position = value;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        if ((_written += count) > Room)
            throw new IOException("No space left on device");
        real.Write(buffer, offset, count);
    }

    public override void Flush() => real.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
