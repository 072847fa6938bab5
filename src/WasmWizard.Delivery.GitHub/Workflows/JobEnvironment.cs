namespace WasmWizard.Delivery.GitHub.Workflows;

/// <summary>The platform's environment that a job acts on: it holds the approvals, secrets and variables.</summary>
/// <param name="Name">As in the strategy: production, staging, research.</param>
/// <param name="Url">Shown beside the deployment; null where nothing is deployed.</param>
public sealed record JobEnvironment(string Name, Uri? Url);
