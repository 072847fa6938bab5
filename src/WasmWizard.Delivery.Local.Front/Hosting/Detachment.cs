using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace WasmWizard.Delivery.Local.Front.Hosting;

/// <summary>
/// Lets go of whoever started the front: its session and terminal, its streams, its inherited descriptors. The last word to it is said
/// on a copy of its stderr, whose end of file means that the front serves.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed partial class Detachment : IDisposable
{
    private const int GetDescriptorFlags = 1;
    private const int DuplicateCloseOnExec = 1030;
    private const int CloseOnExec = 1;
    private const int FirstInherited = 3;

    private readonly int _starter;
    private readonly PosixSignalRegistration _hangUp;

    private Detachment(int starter, PosixSignalRegistration hangUp) => (_starter, _hangUp) = (starter, hangUp);

    /// <summary>Call before anything else: a console stream once used would keep a copy of the starter's pipe.</summary>
    public static Detachment Detach()
    {
        _ = SetSession();
        CloseInherited();
        var starter = Control(2, DuplicateCloseOnExec, FirstInherited);
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        for (var stream = 0; stream <= 2; stream++)
            _ = Duplicate((int)nothing.DangerousGetHandle(), stream);
        return new Detachment(starter, PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => signal.Cancel = true));
    }

    /// <summary>Tells the starter why the front does not serve.</summary>
    public void Tell(string message)
    {
        var bytes = Encoding.UTF8.GetBytes(message + "\n");
        _ = Write(_starter, bytes, bytes.Length);
    }

    /// <summary>Ends the last connection to the starter.</summary>
    public void LetGo() => _ = Close(_starter);

    public void Dispose() => _hangUp.Dispose();

    /// <summary>The runtime opens everything close-on-exec, so a descriptor without that flag came from the starter.</summary>
    private static void CloseInherited()
    {
        foreach (var entry in Directory.GetFiles("/proc/self/fd"))
        {
            var descriptor = int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture);
            if (descriptor >= FirstInherited && Control(descriptor, GetDescriptorFlags, 0) is var flags and >= 0 && (flags & CloseOnExec) == 0)
                _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "setsid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetSession();

    [LibraryImport("libc", EntryPoint = "dup2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Duplicate(int from, int to);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "write")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Write(int descriptor, byte[] bytes, nint count);
}
