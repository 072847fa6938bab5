using WasmWizard.Delivery.Gates;

namespace WasmWizard.Delivery.Environments;

/// <summary>The whole written strategy as one value; build/Strategy.cs is its only instance in the product.</summary>
/// <param name="Environments">One per deploying branch.</param>
/// <param name="Planned">Gates that the policy asks for and nobody has built yet; the list only shrinks.</param>
public sealed record DeliveryStrategy(IReadOnlyList<DeploymentEnvironment> Environments, IReadOnlyList<GateId> Planned)
{
    public DeploymentEnvironment Of(EnvironmentName name) => Environments.Single(environment => environment.Name == name);
}
