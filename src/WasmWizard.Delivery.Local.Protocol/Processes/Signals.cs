using System.Runtime.InteropServices;

namespace WasmWizard.Delivery.Local.Protocol.Processes;

/// <summary>Signals to processes that may not be our children. Linux and macOS only.</summary>
public static partial class Signals
{
    private const int Kill = 9;

    private const int Term = 15;

    /// <summary>Asks the process to end; does nothing when it has ended.</summary>
    public static void AskToEnd(ProcessIdentity process) => Send(process, Term);

    /// <summary>Ends the process at once; does nothing when it has ended.</summary>
    public static void End(ProcessIdentity process) => Send(process, Kill);

    private static void Send(ProcessIdentity process, int signal)
    {
        if (process.Lives)
            _ = SendTo(process.Pid, signal);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendTo(int pid, int signal);
}
