using System.Diagnostics;

namespace WasmWizard.Delivery.Local.Tests.Fixtures;

/// <summary>A file system of its own in memory that can be filled. Mounting one needs root.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    private string Filler => Path.Combine(Folder, "filler");

    public static async Task<SmallDisk> Mount(int megabytes)
    {
        var disk = new SmallDisk(Directory.CreateTempSubdirectory("small-disk-").FullName);
        await Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", disk.Folder);
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
        await Run("umount", "--lazy", Folder);
        Directory.Delete(Folder);
    }

    private static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}

/// <summary>A fact that needs root, and says so where it is not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsRootFactAttribute : FactAttribute
{
    public NeedsRootFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess)
            Skip = "A file system of its own is mounted, which needs root: run it as root or in a user namespace.";
    }
}
