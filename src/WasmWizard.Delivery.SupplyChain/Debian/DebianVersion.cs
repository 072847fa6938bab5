using System.Buffers;
using System.Globalization;

namespace WasmWizard.Delivery.SupplyChain.Debian;

/// <summary>
/// A version as dpkg orders them, <c>[epoch:]upstream[-revision]</c> (deb-version(7)): runs of non-digits and of digits are compared in turn;
/// a tilde sorts before everything, even the end, letters before other signs. An absent revision equals <c>0</c>.
/// </summary>
public sealed class DebianVersion : IComparable<DebianVersion>, IEquatable<DebianVersion>
{
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.+-~:");

    private readonly string _text;

    private DebianVersion(string text, int epoch, string upstream, string revision) => (_text, Epoch, Upstream, Revision) = (text, epoch, upstream, revision);

    public int Epoch { get; }

    public string Upstream { get; }

    /// <summary>Empty when there is none.</summary>
    public string Revision { get; }

    public static bool operator ==(DebianVersion? left, DebianVersion? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(DebianVersion? left, DebianVersion? right) => !(left == right);

    public static bool operator <(DebianVersion left, DebianVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(DebianVersion left, DebianVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(DebianVersion left, DebianVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(DebianVersion left, DebianVersion right) => left.CompareTo(right) >= 0;

    /// <summary>Null when dpkg would not take the text as a version.</summary>
    public static DebianVersion? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.AsSpan().ContainsAnyExcept(Allowed))
            return null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var epoch = 0;
        if (colon >= 0 && !int.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out epoch))
            return null;
        var rest = text[(colon + 1)..];
        var dash = rest.LastIndexOf('-');
        var upstream = dash < 0 ? rest : rest[..dash];
        var revision = dash < 0 ? "" : rest[(dash + 1)..];
        var whole = upstream.Length > 0 && (dash < 0 || revision.Length > 0) && !revision.Contains(':', StringComparison.Ordinal);
        return whole ? new(text, epoch, upstream, revision) : null;
    }

    public int CompareTo(DebianVersion? other)
    {
        if (other is null)
            return 1;
        var byEpoch = Epoch.CompareTo(other.Epoch);
        if (byEpoch != 0)
            return byEpoch;
        var byUpstream = Compare(Upstream, other.Upstream);
        return byUpstream != 0 ? byUpstream : Compare(Revision, other.Revision);
    }

    public bool Equals(DebianVersion? other) => CompareTo(other) == 0;

    public override bool Equals(object? obj) => Equals(obj as DebianVersion);

    /// <summary>Only the epoch: texts that differ, such as <c>1.0</c> and <c>1.00</c>, can be equal.</summary>
    public override int GetHashCode() => Epoch;

    public override string ToString() => _text;

    private static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        while (left.Length > 0 || right.Length > 0)
        {
            var words = CompareWords(TakeWord(ref left), TakeWord(ref right));
            if (words != 0)
                return words;
            var numbers = CompareNumbers(TakeNumber(ref left), TakeNumber(ref right));
            if (numbers != 0)
                return numbers;
        }
        return 0;
    }

    private static int CompareWords(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        for (var i = 0; i < left.Length || i < right.Length; i++)
        {
            var difference = Weight(left, i) - Weight(right, i);
            if (difference != 0)
                return difference;
        }
        return 0;
    }

    private static int Weight(ReadOnlySpan<char> word, int index) => index >= word.Length ? 0 : word[index] switch
    {
        '~' => -1,
        var letter when char.IsAsciiLetter(letter) => letter,
        var sign => sign + 256,
    };

    /// <summary>By length and then by digits, so that a number of any size is compared.</summary>
    private static int CompareNumbers(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left.TrimStart('0');
        right = right.TrimStart('0');
        return left.Length != right.Length ? left.Length - right.Length : left.SequenceCompareTo(right);
    }

    private static ReadOnlySpan<char> TakeWord(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyInRange('0', '9');
        return Take(ref text, end < 0 ? text.Length : end);
    }

    private static ReadOnlySpan<char> TakeNumber(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return Take(ref text, end < 0 ? text.Length : end);
    }

    private static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> text, int length)
    {
        var taken = text[..length];
        text = text[length..];
        return taken;
    }
}
