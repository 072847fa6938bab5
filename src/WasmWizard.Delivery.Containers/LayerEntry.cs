namespace WasmWizard.Delivery.Containers;

/// <summary>One file, folder or link as a layer sees it.</summary>
/// <param name="Name">Name in the tar, with forward slashes; folders end in one.</param>
/// <param name="Source">Full path of the file; null for folders and links.</param>
/// <param name="Mode">Rights.</param>
internal sealed record LayerEntry(string Name, string? Source, UnixFileMode Mode)
{
    public const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public const UnixFileMode Executable = Plain | AnyExecute;

    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Where a link leads, as it is written; null for files and folders.</summary>
    public string? LinkTarget { get; init; }

    /// <summary>Number of the user and group that it belongs to.</summary>
    public int Owner { get; init; }

    /// <summary>Everything below a folder in the order of a layer: ordinal by name, so that no culture and no file system decides.</summary>
    /// <param name="folder">Where it lies.</param>
    /// <param name="prefix">Put before every name: empty, or a folder with a slash at its end, which then is an entry itself.</param>
    /// <param name="links">Whether links are entries; refused otherwise.</param>
    public static List<LayerEntry> Of(string folder, string prefix, bool links)
    {
        var root = new DirectoryInfo(folder);
        var entries = new List<LayerEntry>();
        Collect(root, prefix, links, entries);
        if (entries.Count > 0 && prefix.Length > 0)
            entries.Add(new LayerEntry(prefix, null, Executable));
        entries.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return entries;
    }

    /// <summary>Walks by itself: the platform's recursion would follow a link to a folder.</summary>
    private static void Collect(DirectoryInfo folder, string prefix, bool links, List<LayerEntry> entries)
    {
        foreach (var info in folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 }))
        {
            var entry = From(info, prefix + info.Name, links);
            entries.Add(entry);
            if (info is DirectoryInfo below && entry.LinkTarget is null)
                Collect(below, entry.Name, links, entries);
        }
    }

    private static LayerEntry From(FileSystemInfo info, string name, bool links)
    {
        if (info.LinkTarget is { } target)
        {
            return links
                ? new LayerEntry(name, null, (UnixFileMode)0b111_111_111) { LinkTarget = target }
                : throw new LayerException($"{info.FullName} is a link to {target}: an application layer holds files and folders only.");
        }

        if (info is DirectoryInfo)
            return new LayerEntry(name + "/", null, Executable);
        if ((info.Attributes & FileAttributes.Device) != 0)
            throw new LayerException($"{info.FullName} is a device: a layer holds no devices.");
        var executable = OperatingSystem.IsWindows()
            ? Path.GetExtension(info.Name) is "" or ".exe" or ".sh"
            : (info.UnixFileMode & AnyExecute) != 0;
        return new LayerEntry(name, info.FullName, executable ? Executable : Plain);
    }
}
