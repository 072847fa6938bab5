using WasmWizard.Delivery.Checking.Shell;

namespace WasmWizard.Delivery.Checking.Reading;

/// <summary>The files that a command of a script needs, where the command's form says which words are files.</summary>
internal static class CommandReferences
{
    private static readonly HashSet<string> Interpreters = ["bash", "sh", "zsh", "dash", "source", ".", "python", "python3", "node", "ruby", "perl", "php"];
    private static readonly HashSet<string> ScriptEndings = [".sh", ".bash", ".py", ".js", ".mjs", ".cjs", ".ts", ".rb", ".pl", ".php"];

    public static IEnumerable<(string Path, string By)> Of(ShellCommand command)
    {
        var words = command.Program;
        if (words.Count == 0 || command.IsCondition || command.After == "||")
            return [];
        return words[0] switch
        {
            "cd" or "pushd" when words.Count == 2 => [(words[1], words[0])],
            "kubectl" when words.Count > 1 && words[1] is "apply" or "create" or "replace" => After(words, "kubectl " + words[1], "-f", "--filename", "-k", "--kustomize"),
            "docker" when words.Count > 2 && words[1] == "compose" => Before(words, 2, "docker compose", "-f", "--file", "--env-file"),
            "docker-compose" => Before(words, 1, "docker-compose", "-f", "--file", "--env-file"),
            "docker" when words.Count > 1 && words[1] is "build" or "buildx" => After(words, "docker build", "-f", "--file"),
            "helm" when words.Count > 1 && words[1] is "upgrade" or "install" or "template" or "lint" => After(words, "helm " + words[1], "-f", "--values").Concat(Charts(words)),
            "terraform" => words.Where(word => word.StartsWith("-chdir=", StringComparison.Ordinal)).Select(word => (word[7..], "terraform -chdir")),
            "ansible-playbook" => words.Skip(1).Where(word => word.EndsWith(".yml", StringComparison.Ordinal) || word.EndsWith(".yaml", StringComparison.Ordinal)).Take(1).Select(word => (word, "ansible-playbook")),
            "promtool" when words.Count > 3 && words[1] == "check" => words.Skip(3).Where(word => !word.StartsWith('-')).Select(word => (word, "promtool")),
            "cargo" => After(words, "cargo", "--manifest-path"),
            "make" => After(words, "make", "-C", "-f"),
            var name when Interpreters.Contains(name) && words.Count > 1 && ScriptEndings.Contains(Path.GetExtension(words[1])) => [(words[1], name)],
            var name when name.Contains('/', StringComparison.Ordinal) && !name.StartsWith('/') && ScriptEndings.Contains(Path.GetExtension(name)) => [(name, "the command")],
            _ => [],
        };
    }

    /// <summary>The words behind an option, anywhere in the command.</summary>
    private static IEnumerable<(string, string)> After(IReadOnlyList<string> words, string by, params string[] options)
    {
        for (var at = 1; at < words.Count; at++)
        {
            if (options.Contains(words[at]) && at + 1 < words.Count)
                yield return (words[++at], by);
            else if (options.FirstOrDefault(option => option.StartsWith("--", StringComparison.Ordinal) && words[at].StartsWith(option + "=", StringComparison.Ordinal)) is { } option)
                yield return (words[at][(option.Length + 1)..], by);
        }
    }

    /// <summary>The same, but only in front of the subcommand: behind it the option means something else.</summary>
    private static IEnumerable<(string, string)> Before(IReadOnlyList<string> words, int from, string by, params string[] options)
    {
        var end = from;
        while (end < words.Count && (words[end].StartsWith('-') || words[end - 1] is "-f" or "--file" or "--env-file" or "-p" or "--project-name" or "--profile" or "--project-directory"))
            end++;
        return After([.. words.Take(end)], by, options);
    }

    private static IEnumerable<(string, string)> Charts(IReadOnlyList<string> words) =>
        words.Skip(2).Where(word => word.StartsWith("./", StringComparison.Ordinal)).Take(1).Select(word => (word, "helm " + words[1]));
}
