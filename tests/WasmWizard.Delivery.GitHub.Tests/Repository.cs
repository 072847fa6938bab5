namespace WasmWizard.Delivery.GitHub.Tests;

/// <summary>The files of the repository that these tests were compiled from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string File(string path) => Path.Combine(Root, path);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder.FullName, "global.json")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No folder above the tests holds global.json.");
        return folder.FullName;
    }
}
