using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Tests;
using WasmWizard.Delivery.GitHub.Actions;
using WasmWizard.Delivery.GitHub.Pipelines;

namespace WasmWizard.Delivery.GitHub.Tests;

/// <summary>A strategy and a target graph of the shape that the build hands over.</summary>
internal static class Samples
{
    public static ActionLock Actions { get; } = ActionLock.Parse(File.ReadAllText(Repository.File(ActionLock.Path)));

    public static IReadOnlyList<PipelineTarget> Targets { get; } =
    [
        new("Clean", "Delete what builds leave", []),
        new("Restore", "Fetch the packages", []),
        new("Compile", "Compile everything", ["Restore"]),
        new("Format", "Check the style", ["Restore"]) { Gates = [GateId.Format] },
        new("Test", "Run the tests", ["Compile"]) { Gates = [GateId.Tests], NeedsTools = true },
        new("Coverage", "Measure the coverage", ["Test"]) { Gates = [GateId.Coverage] },
        new("VerifyGenerated", "Compare the generated files", ["Compile"]) { Gates = [GateId.Generated] },
        new("Docs", "Check links and the changelog", ["Restore"]) { Gates = [GateId.Docs], NeedsHistory = true },
        new("Verify", "Ask every gate", ["Coverage", "Format", "VerifyGenerated", "Docs"]),
        new("Image", "Pack the image", ["Restore"]) { Product = "artifacts/image" },
        new("Deploy", "Deploy the branch", ["Verify", "Image"]) { Timeout = TimeSpan.FromMinutes(30) },
    ];

    public static IReadOnlyList<GateId> Built { get; } = [GateId.Format, GateId.Tests, GateId.Coverage, GateId.Generated];

    public static DeliveryStrategy Strategy { get; } = new(
        [
            Environment(EnvironmentName.Production, "master", [TargetKind.Kubernetes], GateId.All, needsApproval: true),
            Environment(EnvironmentName.Staging, "development", [TargetKind.Compose, TargetKind.Kubernetes], GateId.All),
            Environment(EnvironmentName.Research, "research", [TargetKind.Local, TargetKind.Compose], GateId.All),
        ],
        [.. GateId.All.Except(Built)]);

    public static PipelineDefinition Definition { get; } = new(Strategy, Targets, Actions);

    public static DeploymentEnvironment Environment(
        EnvironmentName name, string branch, IReadOnlyList<TargetKind> targets, IEnumerable<GateId> gates, bool needsApproval = false) => new()
        {
            Name = name,
            Branch = branch,
            Level = SecurityLevel.High,
            ImageTag = branch,
            Url = new($"https://{branch}.example.org"),
            Targets = targets,
            Monitoring = new(Availability: 99.9m, Latency: 99m, Pages: false),
            Suite = TestSuite.Complete,
            Reviews = new(1),
            NeedsApproval = needsApproval,
            Scaling = new(1, 1),
            Variables = new Dictionary<string, string>(),
            Secrets = [],
            Gates = [.. gates.Select(gate => new GateRule(gate, Strength.Required, $"the demand of {gate}"))],
        };
}
