using System.Runtime.InteropServices;

namespace WasmWizard.Service.Executions;

/// <summary>
/// Lets a thread step back a little behind those that answer requests: it computes for longer at a time, gives way at once to
/// threads that want a processor for a moment, and weighs less than half. No further: a thread far behind the others keeps them
/// waiting for the locks that it holds and for collections that wait for it (niceness 10 did, for 200 ms).
/// </summary>
internal static class StepBack
{
    /// <summary>Weight 423 where others have 1024.</summary>
    public const int Niceness = 4;

    /// <summary>Longer than the scheduler's own, of some milliseconds: from Linux 6.12 on longer ones give way to shorter ones.</summary>
    private const ulong SliceNanoseconds = 20_000_000;

    private const int LeastOfAll = 19;

    /// <summary>A wish: where it is not known or not granted nothing changes, and nothing depends on it.</summary>
    public static void AskForCurrentThread()
    {
        if (!OperatingSystem.IsLinux() || Calls is not { } calls || GetAttributes(calls.Get, 0, out var attributes, Attributes.Bytes, 0) != 0)
            return;
        attributes.Size = Attributes.Bytes;
        attributes.Nice = Math.Min(attributes.Nice + Niceness, LeastOfAll);
        attributes.Runtime = SliceNanoseconds;
        _ = SetAttributes(calls.Set, 0, in attributes, 0);
    }

    /// <summary>Numbers of sched_setattr and sched_getattr, for which C libraries have no functions.</summary>
    private static (long Set, long Get)? Calls => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => (314, 315),
        Architecture.Arm64 => (274, 275),
        _ => null,
    };

    [DllImport("libc", EntryPoint = "syscall")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long SetAttributes(long number, long thread, in Attributes attributes, long flags);

    [DllImport("libc", EntryPoint = "syscall")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long GetAttributes(long number, long thread, out Attributes attributes, long size, long flags);

    /// <summary>struct sched_attr in its first version.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Attributes
    {
        public const uint Bytes = 48;

        public uint Size;
        public uint Policy;
        public ulong Flags;
        public int Nice;
        public uint Priority;
        public ulong Runtime;
        public ulong Deadline;
        public ulong Period;
    }
}
