namespace WasmWizard.Repository.Tests.Start;

/// <summary><see cref="UnixFactAttribute"/> with rows.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = UnixFactAttribute.Reason;
    }
}
