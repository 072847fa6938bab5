using WasmWizard.Delivery.Checking.Shell;

namespace WasmWizard.Delivery.Checking.Reading;

/// <summary>A command of Compose: which files it reads and which services it names.</summary>
/// <param name="Files">Named with -f; empty for the default file.</param>
/// <param name="Services">In plain text only.</param>
public sealed record ComposeCommand(IReadOnlyList<string> Files, IReadOnlyList<string> Services)
{
    private static readonly HashSet<string> Global = ["-f", "--file", "-p", "--project-name", "--profile", "--env-file", "--project-directory"];
    private static readonly HashSet<string> Many = ["up", "pull", "restart", "stop", "start", "build", "logs", "rm", "kill", "create", "push"];
    private static readonly HashSet<string> One = ["exec", "run"];
    private static readonly HashSet<string> Valued =
        ["-t", "--timeout", "--scale", "--pull", "--wait-timeout", "--tail", "-n", "--since", "--until", "-e", "--env", "-u", "--user", "-w", "--workdir", "--entrypoint", "-v", "--volume", "--name", "-p", "--publish", "--index", "-s", "--signal", "--build-arg", "--exit-code-from", "--attach", "--label", "-l", "--cap-add"];

    /// <summary>Null when the command is none, or names nothing in plain text.</summary>
    public static ComposeCommand? Of(ShellCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var words = command.Program;
        var at = words is ["docker-compose", ..] ? 1 : words is ["docker", "compose", ..] ? 2 : -1;
        if (at < 0)
            return null;
        var files = new List<string>();
        for (; at < words.Count && words[at].StartsWith('-'); at++)
        {
            if (!Global.Contains(words[at]))
                continue;
            if (words[at] is "-f" or "--file" && at + 1 < words.Count)
                files.Add(words[at + 1]);
            at++;
        }

        if (at >= words.Count || !(Many.Contains(words[at]) || One.Contains(words[at])))
            return null;
        var single = One.Contains(words[at]);
        var services = new List<string>();
        for (at++; at < words.Count && !(single && services.Count > 0); at++)
        {
            if (words[at].StartsWith('-'))
                at += Valued.Contains(words[at]) ? 1 : 0;
            else if (WorkingFolders.IsPlain(words[at]) && !words[at].Contains('/', StringComparison.Ordinal))
                services.Add(words[at]);
            else if (single)
                return null;
        }

        return new(files, services);
    }
}
