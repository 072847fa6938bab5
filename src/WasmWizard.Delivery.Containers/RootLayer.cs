using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Containers;

/// <summary>The layer below the application: a root folder as a tar whose bytes depend on names, contents, links and executable bits alone.</summary>
public static class RootLayer
{
    private const UnixFileMode Everybody = (UnixFileMode)0b111_111_111 | UnixFileMode.StickyBit;

    private const string Data = "data/";

    /// <summary>
    /// Folders that everybody may write in. Data is one of them because an engine that mounts a memory file system there takes over the rights, but
    /// not the owner.
    /// </summary>
    private static readonly string[] Shared = [Data, "tmp/", "var/tmp/"];

    /// <param name="folder">The root; what lies in it is the layer.</param>
    /// <param name="user">Number of the user that the image runs as; the folder <c>data</c> belongs to it.</param>
    /// <param name="destination">The tar.</param>
    /// <param name="cancellation">Ends it; nothing is left behind.</param>
    /// <returns>SHA-256 of the tar, which is the layer's diff id.</returns>
    /// <exception cref="LayerException">The folder is empty or holds a device.</exception>
    public static Task<Digest> Write(string folder, int user, string destination, CancellationToken cancellation = default)
    {
        var entries = LayerEntry.Of(folder, "", links: true).ConvertAll(entry => !Shared.Contains(entry.Name) ? entry : entry with { Mode = Everybody, Owner = entry.Name == Data ? user : 0 });
        return entries.Count > 0
            ? LayerFile.Write(entries, destination, cancellation)
            : throw new LayerException($"{folder} is empty: a base needs at least one file.");
    }
}
