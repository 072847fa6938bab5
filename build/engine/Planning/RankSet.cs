using System.Numerics;

namespace WasmWizard.BuildEngine;

/// <summary>Numbers from 0 to a limit, of which the lowest ones are asked for: one bit each, so that a search looks at 64 at once.</summary>
/// <param name="limit">All numbers are smaller.</param>
internal sealed class RankSet(int limit)
{
    private const int Bits = 64;

    private readonly ulong[] _words = new ulong[(limit + Bits - 1) / Bits];

    /// <summary>No word before this one has a bit.</summary>
    private int _firstWord;

    public int Count { get; private set; }

    /// <summary>The lowest number, or null.</summary>
    public int? First => NextFrom(_firstWord * Bits) is { } first ? Found(first) : null;

    public void Add(int rank)
    {
        if (Has(rank))
            return;
        _words[rank / Bits] |= 1UL << (rank % Bits);
        _firstWord = Math.Min(_firstWord, rank / Bits);
        Count++;
    }

    public void Remove(int rank)
    {
        if (!Has(rank))
            return;
        _words[rank / Bits] &= ~(1UL << (rank % Bits));
        Count--;
    }

    /// <summary>The lowest number that is at least this one, or null.</summary>
    public int? NextFrom(int rank)
    {
        for (var word = rank / Bits; word < _words.Length; word++)
        {
            var bits = word == rank / Bits ? _words[word] & (ulong.MaxValue << (rank % Bits)) : _words[word];
            if (bits != 0)
                return (word * Bits) + BitOperations.TrailingZeroCount(bits);
        }

        return null;
    }

    private bool Has(int rank) => (_words[rank / Bits] & (1UL << (rank % Bits))) != 0;

    private int Found(int first)
    {
        _firstWord = first / Bits;
        return first;
    }
}
