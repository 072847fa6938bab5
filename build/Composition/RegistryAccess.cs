using WasmWizard.Delivery.Containers.Registries;

/// <summary>Who this build is to a registry.</summary>
public static class RegistryAccess
{
    /// <summary>From the environment, never from the command line; null asks as anybody.</summary>
    public static RegistryCredentials? Credentials =>
        EnvironmentInfo.GetVariable("REGISTRY_USER") is { Length: > 0 } user && EnvironmentInfo.GetVariable("REGISTRY_PASSWORD") is { Length: > 0 } password ? new(user, password) : null;
}
