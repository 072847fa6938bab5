namespace WasmWizard.Delivery.Gates.Migrations.Sql;

/// <summary>One statement with the comments directly before it.</summary>
public sealed record SqlStatement(SqlPhrase Phrase, IReadOnlyList<string> Comments);

/// <summary>The statements of a text.</summary>
public static class SqlScript
{
    /// <summary>First words of the statements that the rules understand; anything else is unreadable rather than harmless.</summary>
    private static readonly HashSet<string> Verbs = new(StringComparer.Ordinal)
    {
        "ALTER", "ANALYZE", "BEGIN", "CALL", "CLUSTER", "COMMENT", "COMMIT", "COPY", "CREATE", "DELETE", "DO", "DROP", "END", "EXECUTE", "GRANT", "INSERT", "LOCK",
        "MERGE", "PRAGMA", "REFRESH", "REINDEX", "RELEASE", "RENAME", "REPLACE", "RESET", "REVOKE", "ROLLBACK", "SAVEPOINT", "SELECT", "SET", "START",
        "TRUNCATE", "UPDATE", "VACUUM", "VALUES", "WITH",
    };

    /// <exception cref="UnreadableSqlException">With the line on which reading failed.</exception>
    public static IReadOnlyList<SqlStatement> Read(string sql, SqlEngine engine)
    {
        var statements = new List<SqlStatement>();
        var (tokens, comments, depth, nested) = (new List<SqlToken>(), new List<string>(), 0, 0);
        foreach (var token in SqlTokenizer.Read(sql, engine))
        {
            if (token.Kind == SqlTokenKind.Comment)
            {
                if (tokens.Count == 0)
                    comments.Add(token.Text);
                continue;
            }

            nested = Nested(engine, tokens, token, nested);
            if (token.Is(";") && depth == 0 && nested == 0)
            {
                Close();
                continue;
            }

            depth += SqlPhrase.Step(token);
            if (depth < 0 || (token.Is(";") && nested == 0))
                throw new UnreadableSqlException(token.Line, depth < 0 ? "a parenthesis is closed that was not opened" : "the statement ends inside parentheses");
            tokens.Add(token);
        }

        if (depth > 0)
            throw new UnreadableSqlException(tokens[0].Line, "a parenthesis of this statement is not closed");
        if (nested > 0)
            throw new UnreadableSqlException(tokens[0].Line, "the body of this statement has no END");
        Close();
        return statements;

        void Close()
        {
            if (tokens.Count > 0 && !(tokens[0].Kind == SqlTokenKind.Word && Verbs.Contains(tokens[0].Text)))
                throw new UnreadableSqlException(tokens[0].Line, $"'{tokens[0].Text}' starts no statement that the lint understands");
            if (tokens.Count > 0)
                statements.Add(new(new SqlPhrase([.. tokens]), [.. comments]));
            tokens.Clear();
            comments.Clear();
        }
    }

    /// <summary>
    /// How deep inside the body of a trigger (SQLite) or of a function written in SQL (BEGIN ATOMIC, PostgreSQL): semicolons there end no
    /// statement of the script.
    /// </summary>
    private static int Nested(SqlEngine engine, List<SqlToken> tokens, SqlToken token, int nested)
    {
        var opens = tokens.Count > 0 && tokens[0].Is("CREATE") && engine switch
        {
            SqlEngine.Sqlite => token.Is("BEGIN") && tokens.Any(earlier => earlier.Is("TRIGGER")),
            _ => token.Is("ATOMIC") && tokens[^1].Is("BEGIN"),
        };
        return opens ? nested + 1
            : nested > 0 && token.Is("CASE") ? nested + 1
            : nested > 0 && token.Is("END") ? nested - 1
            : nested;
    }
}
