using System.Text.RegularExpressions;

namespace WasmWizard.Delivery.Checking.Reading;

/// <summary>As much of PromQL as is needed: tokens, the metrics that are read, what is divided by what.</summary>
public sealed partial class PromQuery
{
    private static readonly HashSet<string> Words =
        ["by", "without", "on", "ignoring", "group_left", "group_right", "bool", "and", "or", "unless", "offset", "inf", "nan", "start", "end", "atan2"];

    private readonly List<string> _tokens;

    public PromQuery(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _tokens = [.. Token().Matches(text).Select(match => match.Value).Where(token => !token.StartsWith('#'))];
        Fault = FaultOf(text);
    }

    /// <summary>Why no server loads it; null when nothing is seen.</summary>
    public string? Fault { get; }

    /// <summary>Names of metrics that it reads.</summary>
    public IEnumerable<string> Metrics
    {
        get
        {
            for (var at = 0; at < _tokens.Count; at++)
            {
                var token = _tokens[at];
                var next = at + 1 < _tokens.Count ? _tokens[at + 1] : "";
                if (token == "{")
                {
                    // Nor are the labels that narrow a series.
                    while (at < _tokens.Count && _tokens[at] != "}")
                        at++;
                }
                else if (Words.Contains(token.ToLowerInvariant()) && next.StartsWith('('))
                {
                    // The labels of a grouping are no metrics.
                    while (at < _tokens.Count && _tokens[at] != ")")
                        at++;
                }
                else if (Name().IsMatch(token) && next != "(" && !Words.Contains(token.ToLowerInvariant()) && !IsAggregation(token, next))
                    yield return token;
            }
        }
    }

    /// <summary>
    /// Divides a narrowed series by the wider one of the same metric, label by label: each series meets itself and the answer is always 1.
    /// </summary>
    public bool DividesBySelf => SelfDivision().Match(string.Concat(_tokens)) is { Success: true } match
        && match.Groups["left"].Value == match.Groups["right"].Value && match.Groups["narrow"].Value != match.Groups["wide"].Value;

    private static bool IsAggregation(string token, string next) => next.ToLowerInvariant() is "by" or "without" && token is "sum" or "min" or "max" or "avg" or "count" or "group" or "stddev" or "stdvar" or "topk" or "bottomk" or "quantile" or "count_values";

    private string? FaultOf(string text)
    {
        if (text.Trim().Length == 0)
            return "the expression is empty";
        var open = new Stack<char>();
        foreach (var token in _tokens)
        {
            if (token is "(" or "[" or "{")
                open.Push(token[0] switch { '(' => ')', '[' => ']', _ => '}' });
            else if (token is ")" or "]" or "}" && !(open.TryPop(out var wanted) && wanted == token[0]))
                return $"a {token} closes nothing";
            else if (token.StartsWith('"') && (token.Length < 2 || !token.EndsWith('"')))
                return "a text in quotes does not end";
        }

        if (open.TryPeek(out var missing))
            return $"a {missing} is missing";
        return _tokens is [] || _tokens[^1] is "/" or "*" or "+" or "-" or ">" or "<" or "==" or "!=" or ">=" or "<=" or "and" or "or" ? "nothing follows the last operator" : null;
    }

    [GeneratedRegex("""#[^\n]*|"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|`[^`]*`?|[a-zA-Z_:][a-zA-Z0-9_:]*|\d[\w.]*|=~|!~|==|!=|>=|<=|[-+*/%^=<>(){}\[\],@]|\$\S*""")]
    private static partial Regex Token();

    [GeneratedRegex(@"^[a-zA-Z_:][a-zA-Z0-9_:]*$")]
    private static partial Regex Name();

    [GeneratedRegex(@"(?<![a-z])(?:rate|increase|irate)\((?<left>[\w:]+)\{(?<narrow>[^{}]*)\}\[\w+\]\)/(?:rate|increase|irate)\((?<right>[\w:]+)(?:\{(?<wide>[^{}]*)\})?\[\w+\]\)")]
    private static partial Regex SelfDivision();
}
