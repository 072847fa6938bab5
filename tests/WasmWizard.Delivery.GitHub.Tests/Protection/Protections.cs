using WasmWizard.Delivery.GitHub.Api;
using WasmWizard.Delivery.GitHub.Pipelines;
using WasmWizard.Delivery.GitHub.Protection;
using WasmWizard.Delivery.GitHub.Tests.Platform;

namespace WasmWizard.Delivery.GitHub.Tests.Protection;

/// <summary>A strategy that asks for every kind of setting, and a repository that has them all.</summary>
internal static class Protections
{
    public const string Approvers = "release-managers";

    public static PipelineDefinition Definition { get; } = new(
        Samples.Strategy with
        {
            Environments =
            [
                Samples.Strategy.Environments[0] with
                {
                    Reviews = new(2, CodeOwners: true) { PathTeams = new Dictionary<string, string> { ["/k8s/"] = "security", ["/.github/"] = "security", ["/build/Strategy.cs"] = "architecture" } },
                },
                Samples.Strategy.Environments[1] with { Reviews = new(1, AutoMerge: true) },
                Samples.Strategy.Environments[2] with { Reviews = new(0) },
            ],
        },
        [
            .. Samples.Targets.Where(target => target.Name != "Deploy"),
            new("Attest", "Sign", ["Image"]) { NeedsKey = true, Product = "artifacts/attestations" },
            new("Deploy", "Deploy", ["Verify", "Attest"]),
            new("Release", "Name what serves", []),
            new("Protect", "Hold the settings", []),
        ],
        Samples.Actions);

    public static WantedProtection Wanted { get; } = new(Definition, Approvers);

    public static RepositoryName Repository { get; } = Parse($"{FakeGitHub.Owner}/{FakeGitHub.Name}");

    public static RepositoryProtection Of(FakeGitHub server, string token = FakeGitHub.Token) => new(new OctokitApi(token, server.Address), Repository, Wanted);

    public static Task<IReadOnlyList<ProtectionFinding>> Review(FakeGitHub server) => Of(server).Review(CancellationToken.None);

    /// <summary>Writes everything that can be written, and does by hand what only a person can.</summary>
    public static async Task<IReadOnlyList<string>> Apply(FakeGitHub server, bool byHand = true)
    {
        var refused = await new ProtectionWriting(new OctokitApi(FakeGitHub.Token, server.Address), Repository, Wanted).Apply(await Review(server), CancellationToken.None);
        foreach (var environment in byHand ? Wanted.Environments : [])
            server.Settings.FillIn(environment.Name, environment.Secrets, environment.Variables, adminsBypass: !environment.NeedsApproval);
        return refused;
    }

    private static RepositoryName Parse(string text) => RepositoryName.TryParse(text, out var repository) ? repository : throw new FormatException(text);
}
