using System.Text;

namespace WasmWizard.Delivery.Local.Protocol.Files;

/// <summary>Logs that other processes append to: read from the end, kept below a size.</summary>
public static class LogFile
{
    private const int TailBytes = 256 * 1024;

    /// <summary>The last lines; empty when there is no log.</summary>
    public static IReadOnlyList<string> Tail(string path, int lines)
    {
        try
        {
            using var log = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            log.Seek(-Math.Min(log.Length, TailBytes), SeekOrigin.End);
            using var reader = new StreamReader(log, Encoding.UTF8);
            return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(lines)];
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <summary>
    /// Moves the content aside to <c>.1</c> when the log is larger than <paramref name="bytes"/>. Writers hold it open for appending, so it
    /// is copied and cut; a line written between the two is lost.
    /// </summary>
    public static void Bound(string path, long bytes)
    {
        var log = new FileInfo(path);
        if (!log.Exists || log.Length <= bytes)
            return;
        File.Copy(path, path + ".1", overwrite: true);
        using var cut = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        cut.SetLength(0);
    }
}
