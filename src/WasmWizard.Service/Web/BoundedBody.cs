using System.Buffers;

namespace WasmWizard.Service.Web;

/// <summary>
/// Bytes read from a stream up to a limit; the buffer grows with what arrives, not with what is announced. It is rented: modules
/// of 100 KB would otherwise be the garbage that costs most to collect. It goes back when the request has ended.
/// </summary>
internal sealed class BoundedBody : IDisposable
{
    private const int FirstBuffer = 16 * 1024;

    private byte[] _buffer;
    private int _length;

    private BoundedBody(int limit) => _buffer = ArrayPool<byte>.Shared.Rent(Math.Min(FirstBuffer, limit + 1));

    /// <summary>Valid until the request has ended.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, Overflowed ? 0 : _length);

    /// <summary>There was at least one byte more than the limit.</summary>
    public bool Overflowed { get; private set; }

    public static async Task<BoundedBody> ReadAsync(HttpContext context, Stream stream, int limit)
    {
        var body = new BoundedBody(limit);
        context.Response.RegisterForDispose(body);
        while (!body.Overflowed)
        {
            if (body._length == body._buffer.Length)
                body.Grow(limit);
            var read = await stream.ReadAsync(body._buffer.AsMemory(body._length), context.RequestAborted);
            if (read == 0)
                break;
            body._length += read;
            body.Overflowed = body._length > limit;
        }

        return body;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private void Grow(int limit)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(_buffer.Length * 4L, limit + 1L));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
