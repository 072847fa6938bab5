using System.Text.RegularExpressions;

namespace WasmWizard.Delivery.GitHub.Hardening;

/// <summary>The platform's <c>${{ }}</c> expressions inside a text, and which of them an outsider can fill.</summary>
internal static partial class Expressions
{
    // Contexts that only the platform or this repository's own files fill, with values that cannot hold shell syntax.
    private static readonly string[] Fixed =
    [
        "github.sha", "github.run_id", "github.run_number", "github.run_attempt", "github.repository", "github.repository_owner", "github.repository_id",
        "github.event_name", "github.job", "github.server_url", "github.api_url", "github.workspace", "github.token", "github.ref_type",
        "github.event.number", "github.event.pull_request.number", "github.event.pull_request.head.sha", "github.event.pull_request.base.sha",
        "runner.", "strategy.", "job.status",
    ];

    /// <summary>Each expression's inside, trimmed, with the number of lines before it.</summary>
    public static IEnumerable<(string Inside, int LinesBefore)> In(string text) => Expression().Matches(text)
        .Select(match => (match.Groups[1].Value.Trim(), text.AsSpan(0, match.Index).Count('\n')));

    /// <summary>The first part of an expression whose value somebody outside this repository's files can choose; null when there is none.</summary>
    public static string? Foreign(string inside)
    {
        var withoutText = Literal().Replace(inside, "''");
        return Context().Matches(withoutText).Select(match => match.Value.Replace("['", ".", StringComparison.Ordinal))
            .FirstOrDefault(context => !Fixed.Any(known => context.Equals(known, StringComparison.OrdinalIgnoreCase)
                || (known[^1] == '.' && context.StartsWith(known, StringComparison.OrdinalIgnoreCase))));
    }

    /// <summary>Whether the expression takes any secret but the platform's own token.</summary>
    public static bool TakesSecret(string inside) => Secret().IsMatch(Literal().Replace(inside, "''"));

    /// <summary>Whether the expression takes the secrets as a whole.</summary>
    public static bool TakesAllSecrets(string inside) => AllSecrets().IsMatch(Literal().Replace(inside, "''"));

    [GeneratedRegex(@"\$\{\{(.*?)\}\}", RegexOptions.Singleline)]
    private static partial Regex Expression();

    [GeneratedRegex("'(?:[^']|'')*'")]
    private static partial Regex Literal();

    [GeneratedRegex(@"(?<![\w.'])(github|inputs|env|matrix|needs|steps|vars|secrets|runner|strategy|job)(\.[\w*-]+|\[)+", RegexOptions.IgnoreCase)]
    private static partial Regex Context();

    [GeneratedRegex(@"(?<![\w.'])secrets(\.(?!GITHUB_TOKEN\b)|\[)", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    [GeneratedRegex(@"(?<![\w.'])secrets(?!\s*[\w.\[])", RegexOptions.IgnoreCase)]
    private static partial Regex AllSecrets();
}
