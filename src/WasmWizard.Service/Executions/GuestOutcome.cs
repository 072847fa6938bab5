namespace WasmWizard.Service.Executions;

/// <summary>How a guest ended. Only <see cref="Completed"/> is success; the others carry what a person needs to know.</summary>
public abstract record GuestOutcome
{
    private GuestOutcome()
    {
    }

    /// <summary>Returned from <c>_start</c> or called <c>proc_exit(0)</c>.</summary>
    public sealed record Completed : GuestOutcome;

    /// <summary>Called <c>proc_exit</c> with another code than 0.</summary>
    public sealed record Exited(int Code) : GuestOutcome;

    /// <summary>A WebAssembly trap; <paramref name="Description"/> names it and, where the module says so, the function.</summary>
    public sealed record Trapped(string Description) : GuestOutcome;

    /// <summary>Ran or slept past its wall time.</summary>
    public sealed record TimedOut(TimeSpan Limit) : GuestOutcome;

    /// <summary>Failed where its memory could not grow; <paramref name="Code"/> when it ended by itself.</summary>
    public sealed record OutOfMemory(long LimitBytes, int? Code) : GuestOutcome;

    /// <summary>Used all its fuel.</summary>
    public sealed record OutOfFuel(long Limit) : GuestOutcome;

    /// <summary>Wrote more than allowed to <paramref name="Stream"/> (stdout or stderr).</summary>
    public sealed record TooMuchOutput(string Stream, int LimitBytes) : GuestOutcome;

    /// <summary>Nobody waits for the answer any more: the client left, or the service is being stopped by force.</summary>
    public sealed record Abandoned : GuestOutcome;

    /// <summary>The word of the contract: success, exit, trap, timeout, memory, fuel, output; abandoned has no row there because nobody reads it.</summary>
    public string Reason => this switch
    {
        Completed => "success",
        Exited => "exit",
        Trapped => "trap",
        TimedOut => "timeout",
        OutOfMemory => "memory",
        OutOfFuel => "fuel",
        TooMuchOutput => "output",
        _ => "abandoned",
    };

    /// <summary>The exit code the guest chose, null when it did not get to choose one.</summary>
    public int? ExitCode => this switch
    {
        Completed => 0,
        Exited exited => exited.Code,
        OutOfMemory memory => memory.Code,
        _ => null,
    };
}
