using WasmWizard.Delivery.Checking.Snapshots;

namespace WasmWizard.Delivery.Checking.Tests;

/// <summary>The repository that these tests were compiled from, read once.</summary>
internal static class OwnRepository
{
    public static string Root { get; } = Find();

    private static readonly Lazy<Task<RepositorySnapshot>> Once = new(async () => ((CheckoutReading.Read)await GitCheckout.Read(Root)).Snapshot);

    public static Task<RepositorySnapshot> Snapshot => Once.Value;

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "global.json")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No folder above the tests holds global.json.");
        return folder.FullName;
    }
}
