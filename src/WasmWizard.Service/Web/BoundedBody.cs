namespace WasmWizard.Service.Web;

/// <summary>Bytes read from a stream up to a limit; the buffer grows with what arrives, not with what is announced.</summary>
internal sealed class BoundedBody
{
    private const int FirstBuffer = 16 * 1024;

    private BoundedBody(ReadOnlyMemory<byte> bytes, bool overflowed)
    {
        Bytes = bytes;
        Overflowed = overflowed;
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>There was at least one byte more than the limit.</summary>
    public bool Overflowed { get; }

    public static async Task<BoundedBody> ReadAsync(Stream stream, int limit, CancellationToken cancellation)
    {
        var buffer = new byte[Math.Min(FirstBuffer, limit + 1)];
        var length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                if (length > limit)
                    return new BoundedBody(default, overflowed: true);
                Array.Resize(ref buffer, (int)Math.Min((long)buffer.Length * 2, limit + 1L));
            }

            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellation);
            if (read == 0)
                return new BoundedBody(buffer.AsMemory(0, length), overflowed: false);
            length += read;
        }
    }
}
