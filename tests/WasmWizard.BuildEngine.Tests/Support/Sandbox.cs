
namespace WasmWizard.Tests.BuildEngine;

/// <summary>A root of its own for the builds of one test.</summary>
public sealed class Sandbox : IDisposable
{
    public Sandbox()
    {
        Root = AbsolutePath.Create(Directory.CreateTempSubdirectory("engine-").FullName);
        (Root / ".nuke").CreateDirectory();
    }

    public AbsolutePath Root { get; }

    public Dictionary<string, string> Environment { get; } = new() { ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "" };

    public CancellationTokenSource Cancellation { get; } = new();

    public CancellationTokenSource HardStop { get; } = new();

    public BuildInvocation Invocation(string commandLine, TextWriter standardOutput, TextWriter standardError) => new()
    {
        Arguments = commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        EnvironmentVariables = Environment,
        StandardOutput = standardOutput,
        StandardError = standardError,
        WorkingDirectory = Root,
        Cancellation = Cancellation.Token,
        HardStop = HardStop.Token,
    };

    /// <summary>Runs a build; what its targets and hooks note is in the result.</summary>
    public RunResult Run<T>(string commandLine = "", params Func<T, Target>[] defaults)
        where T : NukeBuild, new()
    {
        using var standardOutput = new StringWriter();
        using var standardError = new StringWriter();
        var notes = Notes.Begin();
        var exitCode = NukeBuild.Execute(Invocation(commandLine, standardOutput, standardError), defaults);
        return new RunResult(exitCode, standardOutput.ToString(), standardError.ToString(), [.. notes]);
    }

    public void Dispose()
    {
        Cancellation.Dispose();
        HardStop.Dispose();
        Root.DeleteDirectory();
    }
}

public sealed record RunResult(int ExitCode, string Out, string Err, IReadOnlyList<string> Notes)
{
    public string Order => string.Join(' ', Notes);

    public string All => Out + Err;
}

/// <summary>What ran, in order; each test's own.</summary>
public static class Notes
{
    private static readonly AsyncLocal<List<string>?> s_notes = new();

    public static List<string> Begin() => s_notes.Value = [];

    public static void Add(string note)
    {
        var notes = s_notes.Value!;
        lock (notes)
            notes.Add(note);
    }
}

/// <summary>Builds whose targets note their names.</summary>
public abstract class NotingBuild : NukeBuild
{
    protected static Action Note(string note) => () => Notes.Add(note);
}

/// <summary>Builds that also note their hooks.</summary>
public abstract class HookedBuild : NotingBuild
{
    protected internal override void OnTargetRunning(string target) => Notes.Add($"running:{target}");

    protected internal override void OnTargetSkipped(string target) => Notes.Add($"skipped:{target}");

    protected internal override void OnTargetSucceeded(string target) => Notes.Add($"succeeded:{target}");

    protected internal override void OnTargetFailed(string target) => Notes.Add($"failed:{target}");
}
