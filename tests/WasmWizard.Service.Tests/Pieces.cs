using System.Buffers;

namespace WasmWizard.Service.Tests;

/// <summary>Bytes as a connection receives them: in pieces.</summary>
internal static class Pieces
{
    public static ReadOnlySequence<byte> Of(byte[] bytes, int length) => Of(bytes, () => length);

    /// <param name="next">Length of the next piece; 0 makes an empty one.</param>
    public static ReadOnlySequence<byte> Of(byte[] bytes, Func<int> next)
    {
        var first = new Piece(ReadOnlyMemory<byte>.Empty, 0);
        var last = first;
        for (var place = 0; place < bytes.Length;)
        {
            var length = Math.Min(next(), bytes.Length - place);
            last = last.Then(bytes.AsMemory(place, length));
            place += length;
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> bytes, long place) => (Memory, RunningIndex) = (bytes, place);

        public Piece Then(ReadOnlyMemory<byte> bytes)
        {
            var next = new Piece(bytes, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
