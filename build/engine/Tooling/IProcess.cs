namespace WasmWizard.BuildEngine.Tooling;

/// <summary>A started program.</summary>
public interface IProcess : IDisposable
{
    /// <summary>The program.</summary>
    string FileName { get; }

    /// <summary>Its argument line, with secrets masked.</summary>
    string Arguments { get; }

    /// <summary>Where it runs.</summary>
    string WorkingDirectory { get; }

    /// <summary>The lines so far.</summary>
    IReadOnlyCollection<Output> Output { get; }

    /// <summary>The exit code.</summary>
    /// <exception cref="InvalidOperationException">It still runs.</exception>
    int ExitCode { get; }

    /// <summary>Whether it ended.</summary>
    bool HasExited { get; }

    /// <summary>The operating system's number of it.</summary>
    int Id { get; }

    /// <summary>Ends it with everything it started.</summary>
    void Kill();

    /// <summary>Waits until it ended. When the time is over, ends it with everything it started.</summary>
    /// <returns>False when it was ended by the timeout, by <see cref="Kill"/> or by the build's cancellation.</returns>
    bool WaitForExit();
}

/// <summary>A program failed, took too long or could not be started. The message names it with secrets masked.</summary>
public sealed class ProcessException(string message, int? exitCode = null, bool isCancelled = false) : Exception(message)
{
    /// <summary>The exit code; -1 without one.</summary>
    public int ExitCode { get; } = exitCode ?? -1;

    /// <summary>Whether the build's cancellation ended it.</summary>
    internal bool IsCancelled { get; } = isCancelled;
}
