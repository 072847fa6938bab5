using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;

namespace WasmWizard.Delivery.Ports;

/// <summary>
/// One idempotent change of the world with the question that tells whether it already holds. <see cref="Act"/> may be called again
/// after a crash at any point of an earlier call, by another process, and must end in the same state.
/// </summary>
public interface IRolloutStep
{
    /// <summary>Unique within the plan and stable between runs, e.g. <c>take-over</c>.</summary>
    string Id { get; }

    StepKind Kind { get; }

    /// <summary>What is changed (<c>object</c> in JSON), e.g. <c>front 127.0.0.1:8095</c>.</summary>
    string Subject { get; }

    /// <summary>How, e.g. <c>route from 3f2a91c0d4e5 to 77ab01ffe321</c>; equal text for equal changes: it goes into the plan's hash.</summary>
    string Change { get; }

    /// <summary>Reads the world; never changes it. A fact that cannot be read throws.</summary>
    Task<StepState> Observe(CancellationToken cancellation);

    /// <summary>Makes it so. Throws <see cref="StepFailedException"/> for a failure that a person should read about.</summary>
    Task Act(FencingToken token, CancellationToken cancellation);
}

/// <param name="Holds">The step has nothing left to do.</param>
/// <param name="Fact">What was observed, in a person's words.</param>
public sealed record StepState(bool Holds, string Fact);
