namespace WasmWizard.BuildEngine.IO;

/// <summary>Finds the folder that a build belongs to.</summary>
internal static class RootDirectories
{
    public const string Marker = ".nuke";

    /// <summary>The nearest folder upward that holds <c>.nuke</c>; the one in the home folder is a person's, not a project's.</summary>
    public static string? Find(string startDirectory, string? homeDirectory)
    {
        for (var directory = new DirectoryInfo(startDirectory); directory is not null; directory = directory.Parent)
            if (directory.FullName != homeDirectory && Directory.Exists(Path.Combine(directory.FullName, Marker)))
                return directory.FullName;
        return null;
    }
}
