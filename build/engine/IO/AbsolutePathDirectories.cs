namespace WasmWizard.BuildEngine.IO;

/// <summary>Makes and removes files and folders. Removing what is not there is done already.</summary>
public static class AbsolutePathDirectories
{
    /// <summary>Makes the folder and those above it.</summary>
    public static AbsolutePath CreateDirectory(this AbsolutePath path)
    {
        Directory.CreateDirectory(path);
        return path;
    }

    /// <summary>Leaves an empty folder.</summary>
    public static AbsolutePath CreateOrCleanDirectory(this AbsolutePath path)
    {
        path.DeleteDirectory();
        return path.CreateDirectory();
    }

    /// <summary>Removes the file.</summary>
    public static void DeleteFile(this AbsolutePath path)
    {
        if (!File.Exists(path))
            return;
        if (OperatingSystem.IsWindows())
            File.SetAttributes(path, FileAttributes.Normal);
        File.Delete(path);
    }

    /// <summary>Removes the folder with everything in it. A link is removed itself, not what it shows.</summary>
    public static void DeleteDirectory(this AbsolutePath path)
    {
        var directory = new DirectoryInfo(path);
        if (!directory.Exists)
            return;
        if (directory.LinkTarget is null && OperatingSystem.IsWindows())
            foreach (var file in directory.EnumerateFiles("*", SearchOption.AllDirectories))
                file.Attributes = FileAttributes.Normal;
        directory.Delete(recursive: directory.LinkTarget is null);
    }

    /// <inheritdoc cref="DeleteFile"/>
    public static void DeleteFiles(this IEnumerable<AbsolutePath> paths)
    {
        foreach (var path in paths)
            path.DeleteFile();
    }

    /// <inheritdoc cref="DeleteDirectory"/>
    public static void DeleteDirectories(this IEnumerable<AbsolutePath> paths)
    {
        foreach (var path in paths)
            path.DeleteDirectory();
    }

    /// <summary>Makes an empty file, or sets the time of an existing one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="time">Null for now.</param>
    /// <param name="createDirectories">Whether to make the folders above it.</param>
    public static AbsolutePath TouchFile(this AbsolutePath path, DateTime? time = null, bool createDirectories = true)
    {
        if (createDirectories)
            path.Parent?.CreateDirectory();
        if (!File.Exists(path))
            File.WriteAllBytes(path, []);
        File.SetLastWriteTime(path, time ?? DateTime.Now);
        return path;
    }
}
