using System.Buffers;

namespace WasmWizard.Service;

/// <summary>Bytes that lie in pieces, used as if they lay together.</summary>
internal static class Sequences
{
    /// <summary>Copied only when they do not lie together already.</summary>
    public static ReadOnlyMemory<byte> Together(this ReadOnlySequence<byte> sequence) => sequence.IsSingleSegment ? sequence.First : sequence.ToArray();

    /// <summary>Where <paramref name="value"/> begins for the first time, also across the borders of pieces; -1 when it does not occur.</summary>
    /// <param name="value">At least two bytes, and few: of each piece as many are copied.</param>
    public static long IndexOf(this ReadOnlySequence<byte> sequence, ReadOnlySpan<byte> value)
    {
        var edge = value.Length - 1;
        Span<byte> seam = stackalloc byte[2 * edge];
        var before = 0;
        long place = 0;
        foreach (var piece in sequence)
        {
            var head = piece.Span[..Math.Min(edge, piece.Length)];
            head.CopyTo(seam[before..]);
            if (seam[..(before + head.Length)].IndexOf(value) is >= 0 and var across)
                return place - before + across;
            if (piece.Span.IndexOf(value) is >= 0 and var inside)
                return place + inside;
            place += piece.Length;
            var tail = piece.Length < edge ? seam[..(before + head.Length)] : piece.Span;
            tail = tail[^Math.Min(edge, tail.Length)..];
            tail.CopyTo(seam);
            before = tail.Length;
        }

        return -1;
    }
}
