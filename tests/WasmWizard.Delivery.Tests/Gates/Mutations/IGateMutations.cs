using WasmWizard.Delivery.Gates;

namespace WasmWizard.Delivery.Tests.Gates.Mutations;

/// <summary>What a mutation breaks.</summary>
public enum Breaks
{
    Threshold,
    EmptyInput,
    WrongSubject,
    ToolMissing,
    StaleData,
    Corrupt,
}

/// <summary>One way to break a measurement that passes.</summary>
/// <param name="Kind">What is broken.</param>
/// <param name="Broken">In words.</param>
/// <param name="Judge">The gate's answer to it.</param>
public sealed record Mutation(Breaks Kind, string Broken, Func<GateResult> Judge);

/// <summary>The rows of one gate in the mutation table. One file per gate; <see cref="MutationTableSpecs"/> finds them by this interface.</summary>
public interface IGateMutations
{
    GateId Gate { get; }

    /// <summary>What the control is, in words.</summary>
    string Control { get; }

    /// <summary>The gate's answer to a real measurement in order.</summary>
    GateResult Healthy();

    IReadOnlyList<Mutation> Mutations { get; }
}
