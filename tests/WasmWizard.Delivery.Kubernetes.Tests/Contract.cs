using WasmWizard.Delivery.Monitoring;

namespace WasmWizard.Delivery.Kubernetes.Tests;

/// <summary>What the service says about itself, as its build wrote it down.</summary>
internal static class Contract
{
    public static MetricContract Metrics { get; } = MetricContract.Parse(File.ReadAllText(Find()));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "global.json")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No folder above the tests holds global.json.");
        return Path.Combine(folder.FullName, "src", "WasmWizard.Service", "service-contract.json");
    }
}
