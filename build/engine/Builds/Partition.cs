using System.Globalization;

namespace WasmWizard.BuildEngine;

/// <summary>One part of work that is divided among several runs, counted from 1.</summary>
public sealed record Partition(int Part, int Total)
{
    /// <summary>The work is not divided.</summary>
    public static Partition Whole { get; } = new(1, 1);

    /// <summary>Reads <c>1/3</c>; null when that is not what the text is.</summary>
    public static Partition? TryParse(string text)
    {
        var halves = (text ?? "").Split('/');
        return halves.Length == 2
            && int.TryParse(halves[0], NumberStyles.None, CultureInfo.InvariantCulture, out var part)
            && int.TryParse(halves[1], NumberStyles.None, CultureInfo.InvariantCulture, out var total)
            && part >= 1 && part <= total
            ? new Partition(part, total)
            : null;
    }

    /// <summary>The members of this part: every n-th of the sequence, so that parts differ by one member at most.</summary>
    public IEnumerable<T> GetCurrent<T>(IEnumerable<T> members) => members.Where((_, index) => index % Total == Part - 1);

    /// <inheritdoc/>
    public override string ToString() => $"{Part}/{Total}";
}
