using WasmWizard.Delivery.Containers.Oci;
using WasmWizard.Delivery.SupplyChain.Debian;

/// <summary>How the service's image is started, wherever it is.</summary>
public static class ServiceImage
{
    private const int Port = 8080;
    private const string Program = "/app/WasmWizard.Service";

    /// <summary>Data goes to the one folder that is mounted; everything else may be read-only, which is why the runtime's diagnostic port is closed.</summary>
    public static ImageSettings Settings { get; } = new()
    {
        User = $"{BaseRoot.User}:{BaseRoot.User}",
        Entrypoint = [Program],
        WorkingFolder = "/app",
        Variables = new Dictionary<string, string>
        {
            ["DATA_PATH"] = "/data",
            ["DOTNET_EnableDiagnostics"] = "0",
            ["LISTEN_URLS"] = $"http://*:{Port}",
            ["PATH"] = "/app",
        },
        Ports = [Port],
        HealthCheck = [Program, "health"],
        Labels = new Dictionary<string, string>
        {
            ["org.opencontainers.image.title"] = AppImage.Name,
            ["org.opencontainers.image.url"] = "https://wasm-wizard.com",
        },
    };
}
