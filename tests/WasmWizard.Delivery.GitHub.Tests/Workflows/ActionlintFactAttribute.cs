namespace WasmWizard.Delivery.GitHub.Tests.Workflows;

/// <summary>A test that needs actionlint; without it the test is counted as skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ActionlintFactAttribute : FactAttribute
{
    public ActionlintFactAttribute()
    {
        if (Actionlint.Missing is { } reason)
            Skip = $"actionlint is not here: {reason}";
    }
}
