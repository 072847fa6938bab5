namespace WasmWizard.Delivery.Containers;

/// <summary>One file or folder as the layer sees it.</summary>
/// <param name="Name">Name in the tar, with forward slashes; folders end in one.</param>
/// <param name="Source">Full path of the file; null for folders.</param>
/// <param name="IsExecutable">Any executable bit is set.</param>
internal sealed record LayerEntry(string Name, string? Source, bool IsExecutable)
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Everything below a folder in the order of the layer: ordinal by name, so that no culture and no file system decides.</summary>
    public static IReadOnlyList<LayerEntry> Of(string folder)
    {
        var root = new DirectoryInfo(folder);
        var below = root.EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 });
        var entries = below.Select(info => From(root, info)).ToList();
        if (entries.Count > 0)
            entries.Add(new LayerEntry($"{AppLayer.Root}/", null, IsExecutable: true));
        entries.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return entries;
    }

    private static LayerEntry From(DirectoryInfo root, FileSystemInfo info)
    {
        if (info.LinkTarget is not null)
            throw new LayerException($"{info.FullName} is a link to {info.LinkTarget}: an application layer holds files and folders only.");
        var name = $"{AppLayer.Root}/{Path.GetRelativePath(root.FullName, info.FullName).Replace(Path.DirectorySeparatorChar, '/')}";
        if (info is DirectoryInfo)
            return new LayerEntry(name + "/", null, IsExecutable: true);
        if ((info.Attributes & FileAttributes.Device) != 0)
            throw new LayerException($"{info.FullName} is a device: an application layer holds files and folders only.");
        var executable = OperatingSystem.IsWindows()
            ? Path.GetExtension(info.Name) is "" or ".exe" or ".sh"
            : (info.UnixFileMode & AnyExecute) != 0;
        return new LayerEntry(name, info.FullName, executable);
    }
}
