using System.Buffers;

namespace WasmWizard.Service.Executions;

/// <summary>
/// Bytes written in pieces of rented memory. One array for an answer of megabytes would be garbage of the kind that the runtime
/// collects together with everything else, while all threads stand still.
/// </summary>
public sealed class PooledBytes : IBufferWriter<byte>, IDisposable
{
    /// <summary>Most answers fit into the first piece; what does not is long.</summary>
    private const int FirstPiece = 1024;

    private const int NextPiece = 1024 * 1024;

    private readonly List<ArraySegment<byte>> _full = [];
    private byte[] _last = ArrayPool<byte>.Shared.Rent(FirstPiece);
    private int _used;

    public long Length { get; private set; }

    /// <summary>The pieces in order, valid until <see cref="Dispose"/>.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Pieces
    {
        get
        {
            foreach (var piece in _full)
                yield return piece;
            yield return _last.AsMemory(0, _used);
        }
    }

    public void Advance(int count)
    {
        _used += count;
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_last.Length - _used < Math.Max(sizeHint, 1))
        {
            _full.Add(new ArraySegment<byte>(_last, 0, _used));
            (_last, _used) = (ArrayPool<byte>.Shared.Rent(Math.Max(sizeHint, NextPiece)), 0);
        }

        return _last.AsMemory(_used);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        foreach (var piece in _full)
            ArrayPool<byte>.Shared.Return(piece.Array!);
        _full.Clear();
        ArrayPool<byte>.Shared.Return(_last);
        (_last, _used) = ([], 0);
    }
}
