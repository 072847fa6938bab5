using System.Globalization;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.SupplyChain.Attestations;

/// <summary>How an image came to be; SLSA's provenance v1 (slsa.dev/spec/v1.0/provenance).</summary>
public sealed record Provenance
{
    private const string BuildType = "https://wasm-wizard.com/build-types/image/v1";

    public required Digest Image { get; init; }

    /// <summary>Where the source lives, without credentials; e.g. the remote's address, or <c>file:</c> for a clone without remote.</summary>
    public required string Repository { get; init; }

    /// <summary>Full commit hash, <c>-dirty</c> included.</summary>
    public required string Commit { get; init; }

    /// <summary>Git tree hash of the files that were built.</summary>
    public required string Tree { get; init; }

    /// <summary>What the caller chose: branch, base image, runtime; no secrets.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>Who built: the platform's workflow, or a person's machine.</summary>
    public required string Builder { get; init; }

    /// <summary>Names the run, e.g. the workflow run's address.</summary>
    public required string Invocation { get; init; }

    public required DateTimeOffset StartedOn { get; init; }

    public required DateTimeOffset FinishedOn { get; init; }

    /// <summary>What went in besides the source, by purl or address: base packages, SDK.</summary>
    public IReadOnlyList<(string Uri, Digest Digest)> Materials { get; init; } = [];

    public Statement ToStatement() => new(Image, Statement.ProvenanceType, new JsonObject
    {
        ["buildDefinition"] = new JsonObject
        {
            ["buildType"] = BuildType,
            ["externalParameters"] = new JsonObject([.. Parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal).Select(parameter => KeyValuePair.Create(parameter.Key, (JsonNode?)parameter.Value))]),
            ["resolvedDependencies"] = new JsonArray(
            [
                new JsonObject { ["uri"] = Repository, ["digest"] = new JsonObject { ["gitCommit"] = Commit.Split('-')[0], ["gitTree"] = Tree } },
                .. Materials.OrderBy(material => material.Uri, StringComparer.Ordinal)
                    .Select(material => new JsonObject { ["uri"] = material.Uri, ["digest"] = new JsonObject { ["sha256"] = material.Digest.Hex } }),
            ]),
            ["internalParameters"] = new JsonObject { ["cleanTree"] = !Commit.EndsWith("-dirty", StringComparison.Ordinal) },
        },
        ["runDetails"] = new JsonObject
        {
            ["builder"] = new JsonObject { ["id"] = Builder },
            ["metadata"] = new JsonObject { ["invocationId"] = Invocation, ["startedOn"] = Time(StartedOn), ["finishedOn"] = Time(FinishedOn) },
        },
    });

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
