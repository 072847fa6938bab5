namespace WasmWizard.BuildEngine;

/// <summary>
/// The operator asked for something that cannot be done: an unknown name, a bad value, a missing precondition. Ends the build with exit code 2
/// and its faults alone, without a stack trace.
/// </summary>
public sealed class UsageException(IReadOnlyCollection<string> faults) : Exception(string.Join(System.Environment.NewLine, faults))
{
    /// <summary>One fault.</summary>
    public UsageException(string fault) : this([fault]) { }

    /// <summary>Every fault that was found, each a sentence that stands alone.</summary>
    public IReadOnlyCollection<string> Faults { get; } = faults;
}

/// <summary>A target ends the build with a code and a message of its own, without a stack trace.</summary>
/// <param name="exitCode">1 to 255; the meanings are the build's.</param>
/// <param name="message">What a person reads: observed, required, consequence, next command.</param>
public sealed class BuildFailedException(int exitCode, string message) : Exception(message)
{
    /// <summary>The exit code of the process.</summary>
    public int ExitCode { get; } = exitCode is > 0 and < 256
        ? exitCode
        : throw new ArgumentOutOfRangeException(nameof(exitCode), exitCode, "An exit code that says 'failed' lies between 1 and 255.");
}

/// <summary>The build's own code defines a target that cannot be: a mistake in a definition, not of the person who runs it.</summary>
internal sealed class BuildDefinitionException(string message, Exception? inner = null) : Exception(message, inner);
