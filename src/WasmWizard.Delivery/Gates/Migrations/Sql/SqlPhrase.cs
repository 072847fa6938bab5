namespace WasmWizard.Delivery.Gates.Migrations.Sql;

/// <summary>Tokens that belong together: a statement, one action of ALTER TABLE, one column's definition. Comments are left out.</summary>
public sealed class SqlPhrase(IReadOnlyList<SqlToken> tokens)
{
    public IReadOnlyList<SqlToken> Tokens => tokens;

    public int Line => tokens.Count == 0 ? 0 : tokens[0].Line;

    /// <summary>Whether it starts with these words, given as people write them: <c>"ALTER TABLE"</c>.</summary>
    public bool Starts(string words) => Matches(0, words.Split(' '));

    /// <summary>Whether these words stand next to each other somewhere, inside parentheses too.</summary>
    public bool Has(string words) => Find(words) >= 0;

    public bool HasAny(params string[] words) => words.Any(Has);

    /// <summary>What follows these words where they first stand; empty when they do not.</summary>
    public SqlPhrase After(string words) => Find(words) is var at and >= 0 ? From(at + words.Split(' ').Length) : From(tokens.Count);

    /// <summary>Without these words at the start, where they are there.</summary>
    public SqlPhrase Without(string words) => Starts(words) ? From(words.Split(' ').Length) : this;

    /// <summary>The name that it starts with, the schema and quotes left out, in lower case unless it is quoted; empty when there is none.</summary>
    public string Name
    {
        get
        {
            var at = 0;
            while (at + 2 < tokens.Count && tokens[at].IsName && tokens[at + 1].Is("."))
                at += 2;
            return at < tokens.Count && tokens[at].IsName ? Spelled(tokens[at]) : "";
        }
    }

    /// <summary>What follows the name at the start.</summary>
    public SqlPhrase AfterName
    {
        get
        {
            var at = 0;
            while (at + 2 < tokens.Count && tokens[at].IsName && tokens[at + 1].Is("."))
                at += 2;
            return From(Math.Min(at + 1, tokens.Count));
        }
    }

    /// <summary>What stands in the first parentheses; empty when there are none.</summary>
    public SqlPhrase Inside
    {
        get
        {
            var open = tokens.ToList().FindIndex(token => token.Is("("));
            if (open < 0)
                return From(tokens.Count);
            var (depth, end) = (1, open + 1);
            while (depth > 0)
                depth += Step(tokens[end++]);
            return new([.. tokens.Skip(open + 1).Take(end - open - 2)]);
        }
    }

    /// <summary>The parts between commas that stand in no parentheses of their own.</summary>
    public IEnumerable<SqlPhrase> Parts()
    {
        var (depth, start) = (0, 0);
        for (var at = 0; at <= tokens.Count; at++)
        {
            if (at < tokens.Count && !(depth == 0 && tokens[at].Is(",")))
                depth += Step(tokens[at]);
            else
            {
                if (at > start)
                    yield return new([.. tokens.Skip(start).Take(at - start)]);
                start = at + 1;
            }
        }
    }

    /// <summary>+1 for an opening parenthesis, -1 for a closing one.</summary>
    public static int Step(SqlToken token) => token.Is("(") || token.Is("[") ? 1 : token.Is(")") || token.Is("]") ? -1 : 0;

    private static string Spelled(SqlToken token) => token.Kind == SqlTokenKind.Word ? token.Text.ToLowerInvariant() : token.Text;

    private SqlPhrase From(int start) => new([.. tokens.Skip(start)]);

    private int Find(string words)
    {
        var wanted = words.Split(' ');
        return Enumerable.Range(0, tokens.Count).Where(at => Matches(at, wanted)).DefaultIfEmpty(-1).First();
    }

    private bool Matches(int at, string[] words) =>
        at + words.Length <= tokens.Count && words.Index().All(word => tokens[at + word.Index].Is(word.Item));
}
