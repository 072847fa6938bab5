using System.Runtime.InteropServices;

namespace WasmWizard.Delivery.Local.Protocol.Files;

/// <summary>Folders of the state: private, and durable once created.</summary>
public static partial class Folders
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const int LinuxOpenDirectoryCloseOnExec = 0x10000 | 0x80000;

    /// <summary>Creates the folder for its owner only; one that exists keeps its mode.</summary>
    public static string Create(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly);
        return path;
    }

    /// <summary>Removes the folder with everything in it; does nothing when it is not there.</summary>
    public static void Delete(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            return;
        }
    }

    /// <summary>Makes a rename or creation inside the folder survive a power cut; only Linux needs and offers it.</summary>
    public static void Sync(string path)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var descriptor = Open(path, LinuxOpenDirectoryCloseOnExec);
        if (descriptor < 0)
            throw new IOException($"{path} cannot be opened to be written through: {Marshal.GetLastPInvokeErrorMessage()}.");
        try
        {
            if (FSync(descriptor) != 0)
                throw new IOException($"{path} cannot be written through: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
