using System.Text.RegularExpressions;

namespace WasmWizard.Delivery.GitHub.Releases;

/// <summary>What a commit's message says about the change, by the convention <c>type(scope)!: description</c>; other messages have no type.</summary>
/// <param name="Commit">40 hex digits.</param>
/// <param name="Type">Lower case: feat, fix, perf, ...; empty for a message without one.</param>
/// <param name="Scope">Which part; empty for none.</param>
/// <param name="Description">The first line without type and scope.</param>
/// <param name="Breaks">Why users must act, in the author's words; null when they need not.</param>
public sealed partial record ConventionalCommit(string Commit, string Type, string Scope, string Description, string? Breaks)
{
    public static ConventionalCommit Parse(string commit, string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var lines = message.ReplaceLineEndings("\n").Split('\n');
        var head = Head().Match(lines[0]);
        var footer = Footer().Match(message.ReplaceLineEndings("\n"));
        var description = head.Success ? head.Groups["description"].Value.Trim() : lines[0].Trim();
        return new(
            commit,
            head.Success ? head.Groups["type"].Value.ToLowerInvariant() : "",
            head.Groups["scope"].Value,
            description,
            footer.Success ? footer.Groups[1].Value.ReplaceLineEndings(" ").Trim() : head.Groups["breaks"].Success ? description : null);
    }

    [GeneratedRegex(@"^(?<type>[A-Za-z]+)(?:\((?<scope>[^()]*)\))?(?<breaks>!)?: +(?<description>\S.*)$")]
    private static partial Regex Head();

    [GeneratedRegex(@"^BREAKING[ -]CHANGE: (.+?)(?=\n\n|\n[A-Za-z-]+: |\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Footer();
}
