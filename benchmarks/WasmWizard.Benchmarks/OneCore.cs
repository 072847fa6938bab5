using System.Diagnostics;
using System.Numerics;

namespace WasmWizard.Benchmarks;

/// <summary>Programs that take turns measure on the same core: cores of a shared machine are not equally fast at the same moment.</summary>
internal static class OneCore
{
    /// <summary>The last core that this process may use; threads that are started from now on stay there too. Elsewhere than on Linux and Windows the system chooses.</summary>
    public static void Enter()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
            return;
        using var self = Process.GetCurrentProcess();
        // None where the only cores are beyond the 64 that fit into it.
        if (self.ProcessorAffinity is var allowed and not 0)
            self.ProcessorAffinity = (nint)(1UL << BitOperations.Log2((ulong)allowed));
    }
}
