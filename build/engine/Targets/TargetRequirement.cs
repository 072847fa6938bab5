using System.Linq.Expressions;

namespace WasmWizard.BuildEngine;

/// <summary>Something that must hold before a scheduled target's build starts: the expression, and how to read its answer.</summary>
internal abstract record TargetRequirement
{
    private TargetRequirement() { }

    /// <summary>A member must have a value.</summary>
    public sealed record Value(LambdaExpression Expression) : TargetRequirement;

    /// <summary>An expression must be true.</summary>
    public sealed record Truth(LambdaExpression Expression) : TargetRequirement;

    /// <summary>A program must be on the PATH, in a version when one is given.</summary>
    public sealed record Program(string Executable, string? Version) : TargetRequirement;
}

/// <summary>A condition with the text it was written as.</summary>
/// <param name="Test">What is asked.</param>
/// <param name="Text">What a true answer means, in words or as code.</param>
/// <param name="IsException">A true answer leaves the target out; otherwise a false one does.</param>
internal sealed record TargetCondition(Func<bool> Test, string Text, bool IsException = false)
{
    /// <summary>What a plan says.</summary>
    public string Clause => IsException ? $"unless {Text}" : $"only when {Text}";

    /// <summary>What a summary says about a target that it left out.</summary>
    public string Reason => IsException ? Text : $"not met: {Text}";

    public bool Holds() => Test() != IsException;
}
