using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>Which options of the shell hold at each command of a script.</summary>
internal static class ShellState
{
    /// <summary>Each command with whether errors end the script, and whether pipes fail, when it runs.</summary>
    public static IEnumerable<(int At, bool StopsOnError, bool PipesFail)> Of(Script script)
    {
        var (stops, pipes) = (script.StopsOnError, script.PipesFail);
        for (var at = 0; at < script.Commands.Count; at++)
        {
            var words = script.Commands[at].Words;
            if (words[0] is "set" or "shopt")
            {
                for (var word = 1; word < words.Count; word++)
                {
                    var on = words[word].StartsWith('-');
                    var named = words[word] is [_, .., 'o'] && word + 1 < words.Count ? words[word + 1] : "";
                    if (words[word].Length > 1 && words[word][0] is '-' or '+' && !words[word].StartsWith("--", StringComparison.Ordinal))
                    {
                        if (words[word].Contains('e', StringComparison.Ordinal) || named == "errexit")
                            stops = on;
                        if (named == "pipefail")
                            pipes = on;
                    }
                }
            }

            yield return (at, stops, pipes);
        }
    }
}
