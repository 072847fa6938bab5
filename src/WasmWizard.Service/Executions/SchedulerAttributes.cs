using System.Runtime.InteropServices;

namespace WasmWizard.Service.Executions;

/// <summary>How Linux schedules a thread: struct sched_attr in its first version.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SchedulerAttributes
{
    private const uint Bytes = 48;

    public uint Size;
    public uint Policy;
    public ulong Flags;
    public int Nice;
    public uint Priority;
    public ulong Runtime;
    public ulong Deadline;
    public ulong Period;

    /// <summary>Null where the system does not know of them, or not of the thread.</summary>
    /// <param name="thread">The system's number; 0: the current one.</param>
    public static SchedulerAttributes? Of(int thread = 0) =>
        OperatingSystem.IsLinux() && Calls is { } calls && Get(calls.Get, thread, out var attributes, Bytes, 0) == 0 ? attributes with { Size = Bytes } : null;

    /// <summary>A wish: where it is not granted nothing changes, and nothing depends on it.</summary>
    public readonly void AskFor(int thread = 0) => _ = Set(Calls!.Value.Set, thread, in this, 0);

    /// <summary>Numbers of sched_setattr and sched_getattr, for which C libraries have no functions.</summary>
    private static (long Set, long Get)? Calls => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => (314, 315),
        Architecture.Arm64 => (274, 275),
        _ => null,
    };

    [DllImport("libc", EntryPoint = "syscall")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long Set(long number, long thread, in SchedulerAttributes attributes, long flags);

    [DllImport("libc", EntryPoint = "syscall")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long Get(long number, long thread, out SchedulerAttributes attributes, long size, long flags);
}
