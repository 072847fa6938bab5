using System.Runtime.InteropServices;

namespace WasmWizard.Service.Executions;

/// <summary>
/// Keeps Wasmtime's native library from logging by itself. It reads RUST_LOG too, and at the level that research uses it writes
/// thousands of lines for each guest to stderr, with types and addresses of the guest in them.
/// </summary>
internal static class NativeLog
{
    private const string Name = "RUST_LOG";
    private const string Off = "off";

    /// <summary>Takes effect when it runs before the process's first engine. Our own level was read from the managed copy of the environment.</summary>
    public static void Silence()
    {
        // On Unix .NET keeps its own copy of the environment; native code sees only what libc holds.
        if (OperatingSystem.IsWindows())
            Environment.SetEnvironmentVariable(Name, Off);
        else if (SetVariable(Name, Off, 1) != 0)
            throw new InvalidOperationException($"libc refused to set {Name}.");
    }

    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetVariable([MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
}
