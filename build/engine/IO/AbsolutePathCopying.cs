namespace WasmWizard.BuildEngine.IO;

/// <summary>Copies, moves and renames files and folders. Each returns where the result lies.</summary>
public static class AbsolutePathCopying
{
    /// <summary>Copies a file or a folder to a path.</summary>
    public static AbsolutePath Copy(
        this AbsolutePath source, AbsolutePath target, ExistsPolicy policy = ExistsPolicy.Fail,
        Func<AbsolutePath, bool>? excludeDirectory = null, Func<AbsolutePath, bool>? excludeFile = null, bool createDirectories = true)
    {
        if (createDirectories)
            target.Parent?.CreateDirectory();
        if (Directory.Exists(source))
            CopyDirectory(source, target, policy, excludeDirectory, excludeFile);
        else
            CopyFile(source, target, policy);
        return target;
    }

    /// <summary>Copies into a folder under the same name.</summary>
    public static AbsolutePath CopyToDirectory(
        this AbsolutePath source, AbsolutePath target, ExistsPolicy policy = ExistsPolicy.Fail,
        Func<AbsolutePath, bool>? excludeDirectory = null, Func<AbsolutePath, bool>? excludeFile = null, bool createDirectories = true) =>
        source.Copy(target / source.Name, policy, excludeDirectory, excludeFile, createDirectories);

    /// <summary>Moves a file or a folder to a path.</summary>
    public static AbsolutePath Move(this AbsolutePath source, AbsolutePath target, ExistsPolicy policy = ExistsPolicy.Fail, bool createDirectories = true)
    {
        if (Path.Exists(target))
        {
            source.Copy(target, policy, createDirectories: createDirectories);
            source.DeleteFile();
            source.DeleteDirectory();
            return target;
        }

        if (createDirectories)
            target.Parent?.CreateDirectory();
        if (Directory.Exists(source))
            Directory.Move(source, target);
        else
            File.Move(source, target);
        return target;
    }

    /// <summary>Moves into a folder under the same name.</summary>
    public static AbsolutePath MoveToDirectory(this AbsolutePath source, AbsolutePath target, ExistsPolicy policy = ExistsPolicy.Fail, bool createDirectories = true) =>
        source.Move(target / source.Name, policy, createDirectories);

    /// <summary>Gives another name in the same folder.</summary>
    public static AbsolutePath Rename(this AbsolutePath path, string name, ExistsPolicy policy = ExistsPolicy.Fail) => path.Move(path.Parent! / name, policy);

    /// <summary>Gives another name and keeps the extension.</summary>
    public static AbsolutePath RenameWithoutExtension(this AbsolutePath path, string name, ExistsPolicy policy = ExistsPolicy.Fail) =>
        path.Rename(name + path.Extension, policy);

    private static void CopyDirectory(
        AbsolutePath source, AbsolutePath target, ExistsPolicy policy, Func<AbsolutePath, bool>? excludeDirectory, Func<AbsolutePath, bool>? excludeFile)
    {
        if (source == target || source.Contains(target))
            throw new ArgumentException($"{source} cannot be copied into itself.", nameof(target));
        if (Directory.Exists(target) && !policy.HasFlag(ExistsPolicy.DirectoryMerge))
            throw new IOException($"{target} exists. Use a policy that merges, or delete it first.");

        Directory.CreateDirectory(target);
        foreach (var file in source.GetFiles().Where(file => excludeFile?.Invoke(file) != true))
            CopyFile(file, target / file.Name, policy);
        foreach (var directory in source.GetDirectories().Where(directory => excludeDirectory?.Invoke(directory) != true))
            CopyDirectory(directory, target / directory.Name, policy, excludeDirectory, excludeFile);
    }

    private static void CopyFile(AbsolutePath source, AbsolutePath target, ExistsPolicy policy)
    {
        if (!File.Exists(target))
            File.Copy(source, target);
        else if (policy.HasFlag(ExistsPolicy.FileOverwrite) || (policy.HasFlag(ExistsPolicy.FileOverwriteIfNewer) && File.GetLastWriteTimeUtc(source) > File.GetLastWriteTimeUtc(target)))
            File.Copy(source, target, overwrite: true);
        else if ((policy & (ExistsPolicy.FileSkip | ExistsPolicy.FileOverwriteIfNewer)) == 0)
            throw new IOException($"{target} exists. Use a policy that skips or overwrites, or delete it first.");
    }
}
