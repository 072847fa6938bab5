namespace WasmWizard.Repository.Tests;

/// <summary>The repository that these tests were compiled from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string At(params string[] path) => Path.Combine([Root, .. path]);

    /// <summary>Files below folders of the repository, without what builds leave, relative to the root with forward slashes.</summary>
    public static IEnumerable<string> Files(string pattern, params string[] folders) =>
        from folder in folders
        let start = new DirectoryInfo(At(folder))
        where start.Exists
        from below in Below(start)
        from file in below.EnumerateFiles(pattern)
        select Relative(file.FullName);

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static IEnumerable<DirectoryInfo> Below(DirectoryInfo folder) =>
        folder.EnumerateDirectories()
            .Where(child => child.Name is not ("bin" or "obj" or ".git" or ".nuke" or ".dotnet" or "artifacts" or "node_modules" or "TestResults"))
            .SelectMany(Below).Prepend(folder);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "global.json")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No folder above the tests holds global.json.");
        return folder.FullName;
    }
}
