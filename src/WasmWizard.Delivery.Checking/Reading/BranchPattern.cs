using System.Buffers;
using System.Text.RegularExpressions;

namespace WasmWizard.Delivery.Checking.Reading;

/// <summary>How workflows name branches.</summary>
public static partial class BranchPattern
{
    private static readonly SearchValues<char> Signs = SearchValues.Create("*?[]!+$");

    public static bool IsLiteral(string pattern) => pattern.AsSpan().IndexOfAny(Signs) < 0;

    /// <summary><c>*</c> stays within a segment, <c>**</c> does not.</summary>
    public static bool Matches(string pattern, string branch)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (pattern.Length > 200)
            return false;
        var expression = Regex.Escape(pattern).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal);
        return Regex.IsMatch(branch, $@"\A{expression}\z", RegexOptions.NonBacktracking);
    }

    /// <summary>The branches that a condition compares with.</summary>
    public static IReadOnlyList<string> NamedIn(string condition) =>
        [.. Comparison().Matches(condition).Select(match => match.Groups[1].Value).Where(name => !name.StartsWith("refs/", StringComparison.Ordinal))];

    [GeneratedRegex(@"(?:ref|ref_name|base_ref|head_branch)\s*==\s*'(?:refs/heads/)?([^']+)'")]
    private static partial Regex Comparison();
}
