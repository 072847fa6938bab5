using System.Text;

namespace WasmWizard.Delivery.Checking.Shell;

/// <summary>
/// Splits a POSIX or bash script into simple commands: quotes, comments, continued lines, here-documents, substitutions, operators.
/// It never fails: what is not closed ends with the text.
/// </summary>
public static class ShellLexer
{
    /// <param name="script">The text.</param>
    /// <param name="firstLine">The line of the file on which the text begins.</param>
    public static IReadOnlyList<ShellCommand> Commands(string script, int firstLine = 1)
    {
        ArgumentNullException.ThrowIfNull(script);
        return new Reading(script.Replace("\r\n", "\n", StringComparison.Ordinal), firstLine).Run();
    }

    private sealed class Reading(string text, int firstLine)
    {
        private static readonly HashSet<string> Openers = ["if", "elif", "while", "until", "!"];
        private static readonly HashSet<string> Closers = ["then", "do", "else"];

        private readonly List<ShellCommand> _commands = [];
        private readonly List<string> _words = [];
        private readonly List<string> _redirects = [];
        private readonly Queue<(string End, bool Tabs)> _documents = new();
        private int _at;
        private int _line = firstLine;
        private int _start = firstLine;
        private string _before = ";";
        private bool _condition;
        private bool _once;
        private bool _reads;
        private int _depth;

        public List<ShellCommand> Run()
        {
            while (_at < text.Length)
                Step();
            Close(";");
            return _commands;
        }

        private void Step()
        {
            var c = text[_at];
            if (c == '\n')
            {
                Close(";");
                _at++;
                _line++;
                SkipDocuments();
            }
            else if (c is ' ' or '\t')
                _at++;
            else if (c == '\\' && Next(1) == '\n')
            {
                _at += 2;
                _line++;
            }
            else if (c == '#')
                SkipTo('\n');
            else if (_words is ["[[", ..] && _words[^1] != "]]")
                Add(c is '&' or '|' or '(' or ')' or '<' or '>' or ';' ? text[_at++].ToString() : Word());
            else if (c is ';' or '&' or '|' or '(' or ')' && !(c == '&' && Next(1) == '>'))
                Operator(c);
            else if (Redirect())
                return;
            else
                Add(Word());
        }

        private void Operator(char c)
        {
            var two = _at + 1 < text.Length ? text.Substring(_at, 2) : "";
            var symbol = two is "&&" or "||" ? two : c == '|' ? "|" : ";";
            _at += two is "&&" or "||" or "|&" or ";;" ? 2 : 1;
            Close(symbol);
            // The patterns of a case close what was never opened.
            _depth = c == '(' ? _depth + 1 : c == ')' ? Math.Max(0, _depth - 1) : _depth;
        }

        private void Add(string word)
        {
            if (_words.Count == 0)
            {
                _start = _line;
                if (Openers.Contains(word))
                {
                    _once = word == "!";
                    _condition = true;
                    return;
                }

                if (Closers.Contains(word))
                {
                    _condition = false;
                    return;
                }
            }

            _words.Add(word);
        }

        private void Close(string after)
        {
            if (_words.Count > 0)
                _commands.Add(new([.. _words], _start, _before, after, _condition, [.. _redirects]) { ReadsFile = _reads, Depth = _depth });
            else if (after == ";" || _commands.Count == 0)
            {
                // An empty line keeps the operator that waits for its right side: `a ||` may go on below.
                return;
            }
            else if (_commands[^1].After == ";")
            {
                // The operator stands behind a closing parenthesis: it judges the last command of the group.
                _commands[^1] = _commands[^1] with { After = after };
            }

            if (_once)
                (_once, _condition) = (false, false);
            _words.Clear();
            _redirects.Clear();
            _reads = false;
            _before = after;
        }

        private bool Redirect()
        {
            var at = _at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
                at++;
            if (at < text.Length && text[at] == '&')
                at++;
            if (at >= text.Length || text[at] is not ('<' or '>'))
                return false;
            if (text[at] == '<' && at + 1 < text.Length && text[at + 1] == '<')
                return Document(at);
            var writes = text[at] == '>';
            _reads |= !writes;
            at++;
            if (at < text.Length && text[at] == '(')
            {
                Add(Word());
                return true;
            }

            while (at < text.Length && text[at] is '>' or '|' or '&')
                at++;
            while (at < text.Length && text[at] is ' ' or '\t')
                at++;
            _at = at;
            if (at >= text.Length || text[at] is '\n' or ';' or '|' or '&')
                return true;
            var target = Word();
            if (writes && target is not ("1" or "2" or "-" or "/dev/null" or "/dev/stderr" or "/dev/stdout"))
                _redirects.Add(target);
            return true;
        }

        private bool Document(int at)
        {
            at += 2;
            if (at < text.Length && text[at] == '<')
            {
                _at = at + 1;
                return true;
            }

            var tabs = at < text.Length && text[at] == '-';
            _at = tabs ? at + 1 : at;
            while (_at < text.Length && text[_at] is ' ' or '\t')
                _at++;
            var end = _at < text.Length && text[_at] != '\n' ? Word() : "";
            if (end.Length > 0)
                _documents.Enqueue((end, tabs));
            return true;
        }

        private void SkipDocuments()
        {
            while (_documents.TryDequeue(out var document))
            {
                while (_at < text.Length)
                {
                    var end = text.IndexOf('\n', _at);
                    var line = end < 0 ? text[_at..] : text[_at..end];
                    _at = end < 0 ? text.Length : end + 1;
                    _line++;
                    if ((document.Tabs ? line.TrimStart('\t') : line).TrimEnd() == document.End)
                        break;
                }
            }
        }

        private string Word()
        {
            var word = new StringBuilder();
            var from = _at;
            while (_at < text.Length)
            {
                var c = text[_at];
                if (c is ' ' or '\t' or '\n' or ';' or '&' or '|' or ')' || (c is '<' or '>' && _at > from) || (c == '(' && _at > from && text[_at - 1] is not ('=' or '@' or '?' or '*' or '+' or '!')))
                    break;
                if (c == '\\' && _at + 1 < text.Length)
                {
                    if (text[_at + 1] == '\n')
                        _line++;
                    else
                        word.Append(text[_at + 1]);
                    _at += 2;
                }
                else if (c == '\'')
                    Until('\'', word);
                else if (c == '"')
                    Quoted(word);
                else if (c == '`')
                    Until('`', word, keep: true);
                else if (c == '$' && Next(1) is '(' or '{')
                    Balanced(word, from: 1);
                else if (c is '<' or '>' or '(')
                    Balanced(word, from: c == '(' ? 0 : 1);
                else
                {
                    word.Append(c);
                    _at++;
                }
            }

            // A character that begins no word would stop the reading here forever.
            if (_at == from)
                _at++;
            return word.ToString();
        }

        private void Quoted(StringBuilder word)
        {
            _at++;
            while (_at < text.Length && text[_at] != '"')
            {
                if (text[_at] == '\\' && _at + 1 < text.Length)
                {
                    if (text[_at + 1] == '\n')
                        _line++;
                    else
                        word.Append(text[_at + 1]);
                    _at += 2;
                }
                else if (text[_at] == '$' && Next(1) is '(' or '{')
                    Balanced(word, from: 1);
                else
                {
                    if (text[_at] == '\n')
                        _line++;
                    word.Append(text[_at++]);
                }
            }

            _at++;
        }

        private void Until(char end, StringBuilder word, bool keep = false)
        {
            var close = text.IndexOf(end, Math.Min(_at + 1, text.Length));
            close = close < 0 ? text.Length - 1 : close;
            var inner = text[_at..(close + 1)];
            _line += inner.Count(c => c == '\n');
            word.Append(keep ? inner : inner.Trim(end));
            _at = close + 1;
        }

        /// <summary>Copies a substitution with everything that it nests, quotes respected.</summary>
        private void Balanced(StringBuilder word, int from)
        {
            var start = _at;
            _at += from;
            var depth = 0;
            while (_at < text.Length)
            {
                var c = text[_at++];
                if (c == '\n')
                    _line++;
                else if (c == '\\' && _at < text.Length)
                    _at++;
                else if (c == '\'' && depth > 0)
                {
                    var close = text.IndexOf('\'', _at);
                    if (close >= 0)
                    {
                        _line += text.AsSpan(_at, close - _at).Count('\n');
                        _at = close + 1;
                    }
                }
                else if (c is '(' or '{')
                    depth++;
                else if (c is ')' or '}' && --depth <= 0)
                    break;
            }

            word.Append(text, start, Math.Min(_at, text.Length) - start);
        }

        private void SkipTo(char end)
        {
            while (_at < text.Length && text[_at] != end)
                _at++;
        }

        private char Next(int ahead) => _at + ahead < text.Length ? text[_at + ahead] : '\0';
    }
}
