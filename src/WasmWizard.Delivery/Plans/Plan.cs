using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Plans;

/// <summary>Ordered steps from what is observed to what is wanted, immutable, with a hash that a person's review can be bound to.</summary>
public sealed record Plan
{
    /// <exception cref="ArgumentException">The kinds are out of order or an id comes twice: the target that made the steps is wrong.</exception>
    public Plan(EnvironmentName environment, string action, ReleaseId? from, ReleaseId? to, IReadOnlyList<PlannedStep> steps)
    {
        StepOrder.Check([.. steps.Select(step => (step.Id, step.Kind))]);
        (Environment, Action, From, To, Steps) = (environment, action, from, to, steps);
        Hash = steps
            .Aggregate(
                new CanonicalText().Add(environment.ToString()).Add(action).Add(from?.ToString()).Add(to?.ToString()),
                (text, step) => text.Add(step.Id).Add(step.Kind.ToString()).Add(step.Subject).Add(step.Change).Add(step.Holds ? "holds" : null))
            .Hash().Hex;
    }

    public EnvironmentName Environment { get; }

    /// <summary>deploy, rollback or stop.</summary>
    public string Action { get; }

    /// <summary>What serves now; null when nothing does.</summary>
    public ReleaseId? From { get; }

    /// <summary>What is to serve; null for stop.</summary>
    public ReleaseId? To { get; }

    public IReadOnlyList<PlannedStep> Steps { get; }

    /// <summary>
    /// SHA-256 as 64 hex digits over all of the above, also over which steps hold: a world that changed since the plan was shown
    /// gives another hash, whatever the change was.
    /// </summary>
    public string Hash { get; }

    public bool IsUnchanged => Steps.All(step => step.Holds);

    public bool Equals(Plan? other) => other is not null && Hash == other.Hash;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Hash);
}
