using WasmWizard.Delivery.Containers.Oci;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Containers.Tests;

/// <summary>A small image of two layers: a root and an application.</summary>
internal static class SampleLayout
{
    public static ImageSettings Settings { get; } = new()
    {
        User = "65532:65532",
        Entrypoint = ["/app/run"],
        WorkingFolder = "/app",
        Variables = new Dictionary<string, string> { ["B"] = "2", ["A"] = "1" },
        Ports = [8080],
        HealthCheck = ["/app/run", "health"],
        Labels = new Dictionary<string, string> { ["org.opencontainers.image.title"] = "sample" },
    };

    /// <param name="folder">Gets everything.</param>
    /// <param name="commit">An annotation beside the image.</param>
    /// <param name="architecture">In Go's words.</param>
    public static async Task<ImageLayout> WriteAsync(string folder, string commit = "c0ffee", string architecture = "amd64")
    {
        var root = Directory.CreateDirectory(Path.Combine(folder, "root")).FullName;
        foreach (var name in new[] { "tmp", "data", "etc", "usr/lib" })
            Directory.CreateDirectory(Path.Combine(root, name));
        await File.WriteAllTextAsync(Path.Combine(root, "etc", "passwd"), "root:x:0:0::/:\n");
        await File.WriteAllTextAsync(Path.Combine(root, "usr", "lib", "os-release"), "VERSION_CODENAME=trixie\n");
        if (!Path.Exists(Path.Combine(root, "lib")))
            File.CreateSymbolicLink(Path.Combine(root, "lib"), "usr/lib");
        var app = Directory.CreateDirectory(Path.Combine(folder, "published")).FullName;
        await File.WriteAllTextAsync(Path.Combine(app, "run"), "#!\n");
        var below = await Pack(Path.Combine(folder, "root.tar"), tar => RootLayer.Write(root, 65532, tar));
        var above = await Pack(Path.Combine(folder, "app.tar"), tar => AppLayer.Write(app, tar));
        return ImageLayout.Write(Path.Combine(folder, "oci"), Settings, architecture, [below, above], new Dictionary<string, string> { ["org.opencontainers.image.revision"] = commit });
    }

    private static async Task<PackedLayer> Pack(string tar, Func<string, Task<Digest>> write) =>
        await PackedLayer.CompressAsync(tar, await write(tar), tar + ".gz");
}
