using System.Reflection;
using WasmWizard.BuildEngine.Tooling;

namespace WasmWizard.BuildEngine;

/// <summary>What an exception means for a person and for the exit code.</summary>
/// <param name="Cause">The exception without its wrappers.</param>
/// <param name="ExitCode">The code that the process ends with.</param>
/// <param name="Lines">What a person reads.</param>
/// <param name="IsUnexpected">Nobody foresaw it: the full trace is worth a look.</param>
internal sealed record BuildFailure(Exception Cause, int ExitCode, IReadOnlyCollection<string> Lines, bool IsUnexpected)
{
    public const int Unexpected = 1;
    public const int Usage = 2;

    public bool IsCancellation => Cause is OperationCanceledException or ProcessException { IsCancelled: true };

    public static BuildFailure Of(Exception exception)
    {
        var cause = Unwrap(exception);
        return cause switch
        {
            UsageException usage => new(cause, Usage, usage.Faults, false),
            BuildFailedException failed => new(cause, failed.ExitCode, [failed.Message], false),
            OperationCanceledException => new(cause, Unexpected, ["Cancelled."], false),
            ProcessException or AssertionFailedException => new(cause, Unexpected, [cause.Message], false),
            BuildDefinitionException => new(cause, Unexpected, [cause.Message], cause.InnerException is not null),
            _ => new(cause, Unexpected, [$"{cause.GetType().Name}: {BuildLog.FirstLine(cause.Message)}"], true),
        };
    }

    private static Exception Unwrap(Exception exception)
    {
        while (exception is TargetInvocationException { InnerException: { } inner })
            exception = inner;
        return exception is AggregateException { InnerExceptions: [var only] } ? Unwrap(only) : exception;
    }
}
