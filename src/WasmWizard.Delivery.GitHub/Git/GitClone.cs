using CliWrap;
using CliWrap.Buffered;

namespace WasmWizard.Delivery.GitHub.Git;

/// <summary>A clone, asked through git's own command with an argument list; nothing of it passes a shell, and it never asks at a terminal.</summary>
/// <param name="folder">Anywhere inside the clone; a linked worktree will do.</param>
/// <param name="credential">How a job of the platform, whose clone holds no token, proves itself; null leaves that to git's own configuration.</param>
public sealed class GitClone(string folder, GitCredential? credential = null)
{
    private readonly Dictionary<string, string?> _variables = new(credential?.Variables ?? [])
    {
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["GIT_EDITOR"] = "true",
        ["LC_ALL"] = "C",
    };

    public string Folder => folder;

    /// <summary>Another worktree of the same clone.</summary>
    internal GitClone At(string worktree) => new(worktree, credential);

    /// <summary>What git writes, trimmed.</summary>
    /// <exception cref="GitException">It ends with anything but 0.</exception>
    public async Task<string> Ask(CancellationToken cancellation, params IReadOnlyList<string> arguments)
    {
        var result = await Try(cancellation, arguments);
        return result.ExitCode == 0 ? result.StandardOutput.Trim() : throw new GitException(arguments, result.ExitCode, result.StandardError);
    }

    /// <summary>The same, line by line; none for no output.</summary>
    public async Task<IReadOnlyList<string>> Lines(CancellationToken cancellation, params IReadOnlyList<string> arguments) =>
        (await Ask(cancellation, arguments)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Null when git ends with anything but 0: for questions whose answer may be that there is no such thing.</summary>
    public async Task<string?> Find(CancellationToken cancellation, params IReadOnlyList<string> arguments)
    {
        var result = await Try(cancellation, arguments);
        return result.ExitCode == 0 ? result.StandardOutput.Trim() : null;
    }

    public async Task<BufferedCommandResult> Try(CancellationToken cancellation, params IReadOnlyList<string> arguments) =>
        await Command(arguments).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(cancellation);

    /// <summary>Git's hash of each commit's change, the same wherever in a file it stands: commit to hash. A commit that changes nothing has none.</summary>
    /// <param name="log">Arguments of <c>git log</c> that choose commits and how merges are compared.</param>
    public async Task<IReadOnlyDictionary<string, string>> PatchIds(CancellationToken cancellation, params IReadOnlyList<string> log)
    {
        List<string> arguments = ["log", "--patch", "--binary", "--full-index", "--no-color", "--no-ext-diff", "--no-textconv", .. log];
        var result = await (Command(arguments) | Command(["patch-id", "--stable"])).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(cancellation);
        return result.ExitCode == 0
            ? result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).GroupBy(words => words[1]).ToDictionary(words => words.Key, words => words.Last()[0])
            : throw new GitException(arguments, result.ExitCode, result.StandardError);
    }

    private Command Command(IReadOnlyList<string> arguments) =>
        Cli.Wrap("git").WithArguments(arguments).WithWorkingDirectory(folder).WithEnvironmentVariables(_variables);
}

/// <summary>Git did not do what it was asked.</summary>
public sealed class GitException(IReadOnlyList<string> arguments, int exitCode, string errors)
    : Exception($"git {string.Join(' ', arguments.Take(2))} ended with {exitCode}: {errors.Trim()}")
{
    public int ExitCode => exitCode;
}
