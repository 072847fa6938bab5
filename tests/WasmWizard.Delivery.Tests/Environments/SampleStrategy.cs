using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Tests;

namespace WasmWizard.Delivery.Tests.Environments;

/// <summary>A small strategy with the shape of the real one.</summary>
internal static class SampleStrategy
{
    public static DeliveryStrategy Create(params GateId[] planned) => new(
        [
            Row(EnvironmentName.Production, "master", [TargetKind.Kubernetes], Strength.Required),
            Row(EnvironmentName.Staging, "development", [TargetKind.Compose, TargetKind.Kubernetes], Strength.Required),
            Row(EnvironmentName.Research, "research", [TargetKind.Local, TargetKind.Compose], Strength.Advisory),
        ],
        planned);

    private static DeploymentEnvironment Row(EnvironmentName name, string branch, TargetKind[] targets, Strength coverage) => new()
    {
        Name = name,
        Branch = branch,
        Level = SecurityLevel.Moderate,
        ImageTag = "tag",
        Url = new("https://example.test"),
        Targets = targets,
        NeedsApproval = false,
        Scaling = new(1, 1),
        Reviews = new(0),
        Variables = new Dictionary<string, string>(),
        Secrets = [],
        Monitoring = new(Availability: 99.9m, Latency: 99m, Pages: false),
        Suite = TestSuite.Core,
        Gates =
        [
            new(GateId.Tests, Strength.Required, "core suite"),
            new(GateId.Coverage, coverage, "lines >= 85 %") { Threshold = 85 },
            new(GateId.Audit, Strength.Guarded, "no CRITICAL"),
        ],
    };
}
