using System.Diagnostics;

namespace WasmWizard.Delivery.Local.Tests.Fixtures;

/// <summary>A file system of its own in memory that can be filled. Mounting one needs root, or sudo without a password as build servers have it.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    private string Filler => Path.Combine(Folder, "filler");

    public static async Task<SmallDisk> Mount(int megabytes)
    {
        var disk = new SmallDisk(Directory.CreateTempSubdirectory("small-disk-").FullName);
        await RunAsRoot("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", disk.Folder);
        return disk;
    }

    public string Sub(string folder) => Directory.CreateDirectory(Path.Combine(Folder, folder)).FullName;

    /// <summary>Leaves no byte.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in new[] { 1024 * 1024, 4096, 1 })
        {
            var block = new byte[size];
            try
            {
                while (true)
                    filler.Write(block);
            }
            catch (IOException)
            {
                continue;
            }
        }
    }

    public void Free() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        await RunAsRoot("umount", "--lazy", Folder);
        Directory.Delete(Folder);
    }

    private static async Task RunAsRoot(params string[] command)
    {
        var start = Environment.IsPrivilegedProcess ? new ProcessStartInfo(command[0], command[1..]) : new ProcessStartInfo("sudo", ["-n", .. command]);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', command)} ended with {process.ExitCode}: a file system of its own needs root, or sudo without a password.");
    }
}
