using System.Diagnostics;

namespace WasmWizard.Delivery.GitHub.Tests.Git;

/// <summary>A bare origin and one clone of it, in a folder of their own, with a clock of their own so that equal histories have equal hashes.</summary>
internal sealed class GitSandbox : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wasm-wizard-git-").FullName;
    private int _second;

    public GitSandbox()
    {
        Run(_folder, "init", "--quiet", "--bare", "--initial-branch=master", Origin);
        Run(_folder, "clone", "--quiet", Origin, Clone);
        Git("config", "user.name", "a person");
        Git("config", "user.email", "person@example.org");
        Git("config", "commit.gpgsign", "false");
        Git("switch", "--quiet", "--orphan", "master");
    }

    public string Origin => Path.Combine(_folder, "origin.git");

    public string Clone => Path.Combine(_folder, "clone");

    public GitHub.Git.GitClone Asked => new(Clone);

    public string Git(params string[] arguments) => Run(Clone, arguments);

    public bool Tries(params string[] arguments) => Start(Clone, arguments).ExitCode == 0;

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
        var lines = File.Exists(path) ? File.ReadAllLines(path) : [.. Enumerable.Range(0, 30).Select(number => $"line {number}")];
        lines[line] = text;
        Write(file, string.Join('\n', lines) + "\n");
        return Commit(message);
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
        var (exitCode, output) = Start(folder, arguments);
        return exitCode == 0 ? output.Trim() : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {output}");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private (int ExitCode, string Output) Start(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["GIT_AUTHOR_DATE"] = start.Environment["GIT_COMMITTER_DATE"] = $"{1750000000 + _second++} +0000";
        start.Environment["GIT_EDITOR"] = "true";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, process.ExitCode == 0 ? output : output + errors.Result);
    }
}
