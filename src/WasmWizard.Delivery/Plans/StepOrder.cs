namespace WasmWizard.Delivery.Plans;

/// <summary>What every list of steps must keep: kinds in the order of <see cref="StepKind"/>, ids unique.</summary>
internal static class StepOrder
{
    /// <exception cref="ArgumentException">The target that made the steps is wrong.</exception>
    public static void Check(IReadOnlyList<(string Id, StepKind Kind)> steps)
    {
        for (var i = 1; i < steps.Count; i++)
        {
            if (steps[i].Kind < steps[i - 1].Kind)
            {
                throw new ArgumentException(
                    $"Step '{steps[i].Id}' ({steps[i].Kind}) may not come after '{steps[i - 1].Id}' ({steps[i - 1].Kind}).", nameof(steps));
            }
        }

        if (steps.GroupBy(step => step.Id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Step '{twice.Key}' comes {twice.Count()} times.", nameof(steps));
        }
    }
}
