using WasmWizard.Service.Modules;

namespace WasmWizard.Service.Executions;

/// <summary>The answer to a request to execute.</summary>
public abstract record ExecutionReply
{
    private ExecutionReply()
    {
    }

    /// <summary>The guest ran, well or badly.</summary>
    /// <param name="Rendered">What <see cref="ExecutionRequest.Render"/> made of the result.</param>
    public sealed record Ran(ExecutionResult Result, PooledBytes? Rendered = null) : ExecutionReply;

    /// <summary>The bytes are no module for this service.</summary>
    public sealed record Refused(ModuleRefusal Refusal) : ExecutionReply;

    /// <summary>The machine code is not at hand, and the request came without the bytes.</summary>
    public sealed record Absent : ExecutionReply;

    /// <summary>Every slot is taken and the queue is full.</summary>
    public sealed record Busy : ExecutionReply;

    /// <summary>The client left before its turn came.</summary>
    public sealed record Abandoned : ExecutionReply;
}
