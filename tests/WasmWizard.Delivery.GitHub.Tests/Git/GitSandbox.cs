using System.Diagnostics;

namespace WasmWizard.Delivery.GitHub.Tests.Git;

/// <summary>A bare origin and one clone of it, in a folder of their own, with a clock of their own so that equal histories have equal hashes.</summary>
internal sealed class GitSandbox : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wasm-wizard-git-").FullName;
    private int _second;

    // Nothing here has to survive a power failure or to be packed, and the clone reads the origin's objects where they are: most of the time goes there.
    private static readonly string[] Settings =
        ["user.name=a person", "user.email=person@example.org", "commit.gpgsign=false", "core.fsync=none", "gc.auto=0", "maintenance.auto=false"];

    public GitSandbox()
    {
        Run(_folder, "init", "--quiet", "--bare", "--initial-branch=master", Origin);
        File.AppendAllText(Path.Combine(Origin, "config"), "[core]\n\tfsync = none\n[receive]\n\tautogc = false\n[user]\n\tname = a person\n\temail = person@example.org\n");
        Run(_folder, ["clone", "--quiet", "--shared", .. Settings.Select(setting => $"--config={setting}"), Origin, Clone]);
        Git("switch", "--quiet", "--orphan", "master");
    }

    public string Origin => Path.Combine(_folder, "origin.git");

    public string Clone => Path.Combine(_folder, "clone");

    public GitHub.Git.GitClone Asked => new(Clone);

    public string Git(params string[] arguments) => Run(Clone, arguments);

    public bool Tries(params string[] arguments) => Start(Clone, arguments, null).ExitCode == 0;

    /// <summary>Null when git ends with anything but 0. Asks the origin itself.</summary>
    public string? AskOrigin(string? input, params string[] arguments) => Start(Origin, arguments, input) is (0, var output) ? output : null;

    public void Write(string file, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Clone, file))!);
        File.WriteAllText(Path.Combine(Clone, file), content);
    }

    /// <summary>The commit's hash.</summary>
    public string Commit(string message)
    {
        Git("add", "--all");
        Git("commit", "--quiet", "--allow-empty", "--message", message);
        return Git("rev-parse", "HEAD");
    }

    /// <summary>Changes one line of a file and commits that.</summary>
    public string Change(string file, int line, string text, string message)
    {
        var path = Path.Combine(Clone, file);
        Write(file, WithLine(File.Exists(path) ? File.ReadAllText(path) : null, line, text));
        return Commit(message);
    }

    /// <summary>A file of 30 lines, or one that is there already, with one line changed.</summary>
    public static string WithLine(string? content, int line, string text)
    {
        var lines = content?.TrimEnd('\n').Split('\n') ?? [.. Enumerable.Range(0, 30).Select(number => $"line {number}")];
        lines[line] = text;
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>Takes a branch as origin has it.</summary>
    public void Take(string branch)
    {
        Git("fetch", "--quiet", "--prune", "origin");
        Git("switch", "--quiet", "--force-create", branch, $"origin/{branch}");
    }

    public void Push(string branch) => Git("push", "--quiet", "--force", "origin", $"HEAD:refs/heads/{branch}");

    public string Run(string folder, params string[] arguments)
    {
        var (exitCode, output) = Start(folder, arguments, null);
        return exitCode == 0 ? output.Trim() : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {output}");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private (int ExitCode, string Output) Start(string folder, string[] arguments, string? input)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["GIT_AUTHOR_DATE"] = start.Environment["GIT_COMMITTER_DATE"] = $"{1750000000 + _second++} +0000";
        start.Environment["GIT_EDITOR"] = "true";
        using var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, process.ExitCode == 0 ? output : output + errors.Result);
    }
}
