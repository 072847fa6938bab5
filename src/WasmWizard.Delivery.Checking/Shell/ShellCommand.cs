using System.Buffers;

namespace WasmWizard.Delivery.Checking.Shell;

/// <summary>One simple command of a script.</summary>
/// <param name="Words">Quotes removed, expansions as they are written; never empty.</param>
/// <param name="Line">In the file that holds the script, from 1.</param>
/// <param name="Before">The operator that leads here: <c>;</c> (also for a new line), <c>&amp;&amp;</c>, <c>||</c>, <c>|</c>.</param>
/// <param name="After">The operator that follows.</param>
/// <param name="IsCondition">Its exit code is asked by <c>if</c>, <c>while</c>, <c>until</c> or <c>!</c>.</param>
/// <param name="Redirects">Files that it writes, as they are written.</param>
public sealed record ShellCommand(IReadOnlyList<string> Words, int Line, string Before, string After, bool IsCondition, IReadOnlyList<string> Redirects)
{
    /// <summary>How many parentheses are open around it: a <c>cd</c> in them ends with them.</summary>
    public int Depth { get; init; }

    /// <summary>It reads a file through <c>&lt;</c>.</summary>
    public bool ReadsFile { get; init; }

    private static readonly SearchValues<char> NameSigns = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+");

    /// <summary>The program, behind assignments and <c>sudo</c>, <c>time</c>, <c>env</c>, <c>npx</c> and the like, with its arguments.</summary>
    public IReadOnlyList<string> Program => field ??= Unwrap(Words);

    public string Text => string.Join(' ', Words);

    /// <summary>It prints, sets or waits, but changes nothing.</summary>
    public bool DoesNothing => Program.Count == 0
        || (Program[0] is "echo" or "printf" or "true" or ":" or "sleep" or "date" or "exit" or "set" or "export" or "pwd" or "whoami" or "ls" or "env" or "return" or "local" or "readonly" or "cat" or "fi" or "done" or "}" or "{" or "esac"
            && Redirects.Count == 0 && After != "|" && Before != "|" && !Words.Any(word => word.Contains("$(", StringComparison.Ordinal) && !word.Contains("$(date", StringComparison.Ordinal)));

    private static List<string> Unwrap(IReadOnlyList<string> words)
    {
        var rest = words.ToList();
        while (rest.Count > 0)
        {
            var first = rest[0];
            var drop = first switch
            {
                "sudo" or "time" or "env" or "npx" or "bunx" or "command" or "exec" or "nohup" or "xvfb-run" or "retry" => 1,
                "poetry" or "uv" or "pdm" or "pipenv" or "hatch" or "rye" when rest.Count > 1 && rest[1] == "run" => 2,
                "bundle" or "pnpm" or "yarn" when rest.Count > 1 && rest[1] is "exec" or "dlx" => 2,
                "python" or "python3" when rest.Count > 1 && rest[1] == "-m" => 2,
                "timeout" when rest.Count > 1 => 2,
                _ when IsAssignment(first) => 1,
                "-" or "@" => 1,
                _ => 0,
            };
            if (drop == 0)
                break;
            rest.RemoveRange(0, drop);
            while (drop == 1 && first is "sudo" or "env" or "npx" && rest.Count > 0 && rest[0].StartsWith('-'))
                rest.RemoveAt(0);
        }

        if (rest.Count > 0)
            rest[0] = rest[0].TrimStart('@');
        return rest;
    }

    private static bool IsAssignment(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && !word.AsSpan(0, equals).ContainsAnyExcept(NameSigns);
    }
}
