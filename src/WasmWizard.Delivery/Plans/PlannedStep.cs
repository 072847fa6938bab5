namespace WasmWizard.Delivery.Plans;

/// <summary>One line of a plan: a step and whether it has anything left to do.</summary>
/// <param name="Id">Unique within the plan, e.g. <c>take-over</c>.</param>
/// <param name="Kind">The phase it belongs to.</param>
/// <param name="Subject">What is changed; <c>object</c> in JSON.</param>
/// <param name="Change">How.</param>
/// <param name="Holds">Nothing is left to do.</param>
public sealed record PlannedStep(string Id, StepKind Kind, string Subject, string Change, bool Holds)
{
    /// <summary><c>=</c> holds, <c>+</c> adds beside what is there, <c>~</c> changes what is there, <c>?</c> asks only, <c>-</c> takes away.</summary>
    public char Mark => (Holds, Kind) switch
    {
        (true, _) => '=',
        (_, StepKind.Prepare or StepKind.BackUp or StepKind.Start) => '+',
        (_, StepKind.Environment) => '?',
        (_, StepKind.Drain or StepKind.Prune) => '-',
        _ => '~',
    };
}
