namespace WasmWizard.Delivery.Local.Protocol.Files;

/// <summary>
/// Mutual exclusion between processes by an advisory lock on a file that is never removed. The system gives the lock back when its
/// holder dies, so nothing can be left locked.
/// </summary>
public static class Exclusive
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Holds the file until disposed; null when another process or thread holds it.</summary>
    public static FileStream? TryHold(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException busy) when (IsSharing(busy))
        {
            return null;
        }
    }

    /// <summary>Waits until the file is free. Holders keep it for one read and one write, so the wait is short.</summary>
    public static async Task<FileStream> Hold(string path, CancellationToken cancellation)
    {
        while (true)
        {
            if (TryHold(path) is { } held)
                return held;
            await Task.Delay(Pause, cancellation);
        }
    }

    /// <summary>EWOULDBLOCK of flock (11 on Linux, 35 on macOS) or ERROR_SHARING_VIOLATION on Windows.</summary>
    private static bool IsSharing(IOException error) => (error.HResult & 0xFFFF) is 11 or 35 or 32;
}
