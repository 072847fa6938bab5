namespace WasmWizard.Repository.Tests.Start;

/// <summary>A test of build.sh; counted as skipped on Windows, where the workflows start build.ps1 and build.cmd instead.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public const string Reason = "build.sh is not for Windows";

    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = Reason;
    }
}
