using System.Text;

namespace WasmWizard.Delivery.Gates.Migrations.Sql;

/// <summary>
/// Cuts SQL into tokens by the lexical rules of PostgreSQL (section 4.1 of its manual) or SQLite: nested comments, dollar quoting, escape
/// strings. What looks like a statement inside a comment, a string or a quoted name is none.
/// </summary>
public sealed class SqlTokenizer
{
    private readonly string _sql;
    private readonly SqlEngine _engine;
    private readonly List<SqlToken> _tokens = [];
    private int _at;
    private int _line = 1;

    private SqlTokenizer(string sql, SqlEngine engine) => (_sql, _engine) = (sql, engine);

    /// <exception cref="UnreadableSqlException">A comment, string or quoted name has no end, or a character is not SQL.</exception>
    public static IReadOnlyList<SqlToken> Read(string sql, SqlEngine engine)
    {
        var tokenizer = new SqlTokenizer(sql.TrimStart('\uFEFF'), engine);
        while (tokenizer._at < tokenizer._sql.Length)
            tokenizer.Next();
        return tokenizer._tokens;
    }

    private char Here => Ahead(0);

    private bool IsPostgres => _engine == SqlEngine.Postgres;

    private void Next()
    {
        if (char.IsWhiteSpace(Here))
            Skip(1);
        else if (Here == '-' && Ahead(1) == '-')
            LineComment();
        else if (Here == '/' && Ahead(1) == '*')
            BlockComment();
        else if (Here == '\'')
            Quoted(SqlTokenKind.Text, '\'', escapes: false);
        else if (IsPostgres && Here is 'e' or 'E' && Ahead(1) == '\'')
            Prefixed(1, SqlTokenKind.Text, '\'', escapes: true);
        else if (IsPostgres && Here is 'u' or 'U' && Ahead(1) == '&' && Ahead(2) is '\'' or '"')
            Prefixed(2, Ahead(2) == '"' ? SqlTokenKind.QuotedName : SqlTokenKind.Text, Ahead(2), escapes: false);
        else if (Here is 'b' or 'B' or 'x' or 'X' && Ahead(1) == '\'')
            Prefixed(1, SqlTokenKind.Text, '\'', escapes: false);
        else if (Here == '"' || (!IsPostgres && Here == '`'))
            Quoted(SqlTokenKind.QuotedName, Here, escapes: false);
        else if (!IsPostgres && Here == '[')
            Quoted(SqlTokenKind.QuotedName, ']', escapes: false);
        else if (IsPostgres && Here == '$' && DollarTag() is { } tag)
            DollarQuoted(tag);
        else if (char.IsLetter(Here) || Here == '_')
            Word();
        else if (char.IsAsciiDigit(Here))
            Take(SqlTokenKind.Number, Length(character => char.IsLetterOrDigit(character) || character is '.' or '_'));
        else if ("()[],;.:=<>+-*/%^|&~!#?@$".Contains(Here, StringComparison.Ordinal))
            Take(SqlTokenKind.Symbol, 1);
        else
            throw Unreadable(Here == '\\' ? "a backslash starts a command of psql, which is not SQL" : $"the character '{Here}' (U+{(int)Here:X4}) is not SQL");
    }

    private void LineComment()
    {
        var end = _sql.IndexOf('\n', _at);
        var text = _sql[(_at + 2)..(end < 0 ? _sql.Length : end)].Trim();
        Add(SqlTokenKind.Comment, text);
        Skip((end < 0 ? _sql.Length : end) - _at);
    }

    /// <summary>PostgreSQL's comments nest, SQLite's do not.</summary>
    private void BlockComment()
    {
        var end = _at + 2;
        for (var depth = 1; depth > 0; end++)
        {
            if (end + 1 >= _sql.Length)
                throw Unreadable("this comment has no end");
            if (_sql[end] == '*' && _sql[end + 1] == '/')
                (depth, end) = (depth - 1, end + 1);
            else if (IsPostgres && _sql[end] == '/' && _sql[end + 1] == '*')
                (depth, end) = (depth + 1, end + 1);
        }

        Take(SqlTokenKind.Comment, end - _at);
    }

    private void Prefixed(int prefix, SqlTokenKind kind, char close, bool escapes)
    {
        Skip(prefix);
        Quoted(kind, close, escapes);
    }

    /// <summary>Up to the closing quote; two of them stand for one.</summary>
    private void Quoted(SqlTokenKind kind, char close, bool escapes)
    {
        var text = new StringBuilder();
        for (var end = _at + 1; end < _sql.Length; end++)
        {
            if (escapes && _sql[end] == '\\' && end + 1 < _sql.Length)
                text.Append(_sql[end++]);
            else if (_sql[end] == close && end + 1 < _sql.Length && _sql[end + 1] == close)
                end++;
            else if (_sql[end] == close)
            {
                Add(kind, text.ToString());
                Skip(end + 1 - _at);
                return;
            }

            text.Append(_sql[end]);
        }

        throw Unreadable(kind == SqlTokenKind.Text ? "this string has no end" : "this quoted name has no end");
    }

    /// <summary><c>$$</c> or <c>$word$</c>; null for a parameter such as <c>$1</c>.</summary>
    private string? DollarTag()
    {
        var end = _at + 1;
        while (end < _sql.Length && (char.IsLetter(_sql[end]) || _sql[end] == '_' || (end > _at + 1 && char.IsAsciiDigit(_sql[end]))))
            end++;
        return end < _sql.Length && _sql[end] == '$' ? _sql[_at..(end + 1)] : null;
    }

    private void DollarQuoted(string tag)
    {
        var end = _sql.IndexOf(tag, _at + tag.Length, StringComparison.Ordinal);
        if (end < 0)
            throw Unreadable($"this string has no end: no second {tag}");
        Add(SqlTokenKind.Text, _sql[(_at + tag.Length)..end]);
        Skip(end + tag.Length - _at);
    }

    private void Word()
    {
        var length = Length(character => char.IsLetterOrDigit(character) || character is '_' or '$');
        Add(SqlTokenKind.Word, _sql.Substring(_at, length).ToUpperInvariant());
        Skip(length);
    }

    private int Length(Func<char, bool> belongs)
    {
        var length = 1;
        while (_at + length < _sql.Length && belongs(_sql[_at + length]))
            length++;
        return length;
    }

    private void Take(SqlTokenKind kind, int length)
    {
        Add(kind, _sql.Substring(_at, length));
        Skip(length);
    }

    private void Add(SqlTokenKind kind, string text) => _tokens.Add(new(kind, text, _line));

    private void Skip(int length)
    {
        _line += _sql.AsSpan(_at, length).Count('\n');
        _at += length;
    }

    private char Ahead(int distance) => _at + distance < _sql.Length ? _sql[_at + distance] : '\0';

    private UnreadableSqlException Unreadable(string message) => new(_line, message);
}
