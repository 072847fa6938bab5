using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace WasmWizard.Delivery.Local.Front.Hosting;

/// <summary>
/// Lets go of whoever started the front: its session and terminal, its streams, its inherited descriptors. The last word to it is said
/// on a copy of its stderr, whose end of file means that the front serves.
/// </summary>
internal sealed partial class Detachment : IDisposable
{
    private const int GetDescriptorFlags = 1;
    private const int DuplicateCloseOnExec = 1030;
    private const int CloseOnExec = 1;
    private const int OpenCloseOnExec = 0x80000;
    private const int FirstInherited = 3;

    private readonly int _starter;
    private readonly PosixSignalRegistration _hangUp;

    private Detachment(int starter, PosixSignalRegistration hangUp) => (_starter, _hangUp) = (starter, hangUp);

    /// <summary>Call before anything else: a console stream once used would keep a copy of the starter's pipe.</summary>
    public static Detachment Detach()
    {
        _ = SetSession();
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var discard = (int)nothing.DangerousGetHandle();
        LetGoOfInherited(discard);
        var starter = Control(2, DuplicateCloseOnExec, FirstInherited);
        for (var stream = 0; stream < FirstInherited; stream++)
            _ = Duplicate(discard, stream, 0);
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

    /// <summary>
    /// The runtime opens everything close-on-exec, so a descriptor without that flag came from the starter. The runtime's own start makes
    /// copies of the three streams, which would keep the starter's pipes open as long as the front lives.
    /// </summary>
    private static void LetGoOfInherited(int nothing)
    {
        var streams = Enumerable.Range(0, FirstInherited).Select(TargetOf).ToHashSet();
        foreach (var entry in Directory.GetFiles("/proc/self/fd"))
        {
            var descriptor = int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture);
            var flags = descriptor < FirstInherited || descriptor == nothing ? -1 : Control(descriptor, GetDescriptorFlags, 0);
            if (flags < 0)
                continue;
            if ((flags & CloseOnExec) == 0)
                _ = Close(descriptor);
            else if (TargetOf(descriptor) is { } target && streams.Contains(target))
                _ = Duplicate(nothing, descriptor, OpenCloseOnExec);
        }
    }

    private static string? TargetOf(int descriptor) =>
        new FileInfo($"/proc/self/fd/{descriptor.ToString(CultureInfo.InvariantCulture)}").LinkTarget;

    [LibraryImport("libc", EntryPoint = "setsid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetSession();

    [LibraryImport("libc", EntryPoint = "dup3")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Duplicate(int from, int to, int flags);

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
