using System.Runtime.InteropServices;
using SQLitePCL;

namespace WasmWizard.Service.Data;

/// <summary>
/// The head of SQLite's WAL index (https://sqlite.org/walformat.html): memory that all connections to one database share, those of other
/// processes too, and that every commit changes. Reading it costs no lock, where <c>PRAGMA data_version</c> takes and gives back one of
/// the file's by calls of the system. SQLite maps the memory and hands out where it is; no file of the database is opened here, because closing
/// one would give back all locks that this process has on it.
/// </summary>
internal sealed class WalIndex
{
    /// <summary>SQLITE_FCNTL_FILE_POINTER.</summary>
    private const int FilePointer = 7;

    /// <summary>Place of <c>xShmMap</c> among the pointers of <c>sqlite3_io_methods</c>, which has it from its version 2 on.</summary>
    private const int ShmMap = 13;

    private const int MethodsWithShmMap = 2;

    private const int RegionBytes = 32 * 1024;

    /// <summary>The only format there has been.</summary>
    private const int Format = 3_007_000;

    /// <summary>Commits are counted here; the count begins anew when an index is rebuilt from the log.</summary>
    private const int Commits = 8;

    /// <summary>Depends on everything in the log up to the last commit: two logs of equal counts differ in it.</summary>
    private const int LogChecksum = 24;

    private readonly nint _head;

    private WalIndex(nint head) => _head = head;

    /// <summary>Another number after each commit.</summary>
    public long Version => ((long)Marshal.ReadInt32(_head, LogChecksum) << 32) | (uint)Marshal.ReadInt32(_head, Commits);

    /// <summary>Null where there is none: the database has another journal mode, or this SQLite keeps another kind of index.</summary>
    /// <param name="connection">Has read the database once, so that SQLite has opened the log, and stays open for as long as <see cref="Version"/> is asked.</param>
    public static WalIndex? Of(sqlite3 connection)
    {
        if (FileControl(connection.DangerousGetHandle(), nint.Zero, FilePointer, out var file) != raw.SQLITE_OK || file == nint.Zero)
            return null;
        var methods = Marshal.ReadIntPtr(file);
        if (methods == nint.Zero || Marshal.ReadInt32(methods) < MethodsWithShmMap || Marshal.ReadIntPtr(methods, ShmMap * nint.Size) is var map && map == nint.Zero)
            return null;
        return Marshal.GetDelegateForFunctionPointer<MapRegion>(map)(file, 0, RegionBytes, 0, out var head) == raw.SQLITE_OK
            && head != nint.Zero && Marshal.ReadInt32(head) == Format
                ? new WalIndex(head)
                : null;
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int MapRegion(nint file, int region, int bytes, int extend, out nint memory);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int FileControl(nint connection, nint mainDatabase, int operation, out nint argument);
}
