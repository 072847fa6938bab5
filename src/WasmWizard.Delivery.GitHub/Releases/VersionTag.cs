using System.Globalization;
using System.Text.RegularExpressions;

namespace WasmWizard.Delivery.GitHub.Releases;

/// <summary>A version as its tag spells it: <c>v1.2.3</c>. Tags of another shape are no versions and are left alone.</summary>
public readonly partial record struct VersionTag(int Major, int Minor, int Patch) : IComparable<VersionTag>
{
    public static VersionTag? Parse(string? text)
    {
        var match = Shape().Match(text ?? "");
        return match.Success && Number(match, 1) is { } major && Number(match, 2) is { } minor && Number(match, 3) is { } patch ? new(major, minor, patch) : null;
    }

    public int CompareTo(VersionTag other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    public override string ToString() => $"v{Major}.{Minor}.{Patch}";

    public static bool operator <(VersionTag left, VersionTag right) => left.CompareTo(right) < 0;

    public static bool operator >(VersionTag left, VersionTag right) => left.CompareTo(right) > 0;

    public static bool operator <=(VersionTag left, VersionTag right) => left.CompareTo(right) <= 0;

    public static bool operator >=(VersionTag left, VersionTag right) => left.CompareTo(right) >= 0;

    private static int? Number(Match match, int group) => int.TryParse(match.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)\z")]
    private static partial Regex Shape();
}
