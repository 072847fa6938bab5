using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.GitHub.Actions;
using WasmWizard.Delivery.GitHub.Workflows;

namespace WasmWizard.Delivery.GitHub.Pipelines;

/// <summary>The steps that jobs of a pipeline are made of.</summary>
internal sealed class PipelineSteps(ActionLock actions)
{
    private const string EvidenceFolder = "artifacts/evidence";
    private const string EvidenceArtifact = "evidence-";

    // Gates that list vulnerabilities leave artifacts/<gate>/<gate>.sarif.
    private static readonly GateId[] Listing = [GateId.Audit, GateId.Scan];

    /// <summary>What the token of a job needs whose steps are <see cref="Target"/>.</summary>
    public static IReadOnlyList<TokenRight> RightsOf(PipelineTarget target) =>
        [TokenRight.ReadContents, .. target.Gates.Any(Listing.Contains) ? [TokenRight.WriteSecurityEvents] : Array.Empty<TokenRight>()];

    /// <summary>From a clean machine to evidence and products that later jobs take.</summary>
    /// <param name="target">What the job runs.</param>
    /// <param name="branch">As <see cref="RunTarget"/> takes it.</param>
    /// <param name="products">The jobs before it whose products it builds upon.</param>
    /// <param name="cached">Whether packages may come from a cache; never where something is released.</param>
    public IReadOnlyList<Step> Target(PipelineTarget target, string branch, IReadOnlyList<PipelineTarget> products, bool cached) =>
    [
        Checkout(target.NeedsHistory),
        SetUpSdk(),
        .. target.NeedsTools ? [InstallTools] : Array.Empty<Step>(),
        .. cached ? [CachePackages()] : Array.Empty<Step>(),
        .. products.SelectMany(TakeProduct),
        RunTarget(target, branch),
        .. target.HandsOn ? KeepProduct(target) : [],
        .. target.Gates.Count > 0 ? [KeepEvidence(target)] : Array.Empty<Step>(),
        .. target.Gates.Where(Listing.Contains).Select(ShowFindings),
    ];

    /// <summary>The token is not left in the clone, where later steps could take it.</summary>
    /// <param name="wholeHistory">False fetches the one commit.</param>
    /// <param name="branch">What to check out; empty for the commit that started the run.</param>
    public Step Checkout(bool wholeHistory, string branch = "") => new Step.Use(Pinned("actions/checkout"),
    [
        .. branch.Length > 0 ? [new Setting("ref", branch)] : Array.Empty<Setting>(),
        .. wholeHistory ? [new Setting("fetch-depth", 0)] : Array.Empty<Setting>(),
        new("persist-credentials", false),
    ]);

    public Step SetUpSdk() => new Step.Use(Pinned("actions/setup-dotnet"), new Setting("global-json-file", "global.json"));

    /// <summary>Every package has one exact version in these files, so that a key is an exact set of packages.</summary>
    public Step CachePackages() => new Step.Use(Pinned("actions/cache"),
        new Setting("path", "~/.nuget/packages"),
        new Setting("key", "packages-${{ runner.os }}-${{ hashFiles('Directory.Packages.props', 'global.json', 'nuget.config') }}"))
    {
        Comment = ["Pull requests only: what they leave behind must never become part of a release."],
    };

    /// <summary>The same list that CI has elsewhere: a test whose program is absent is skipped, which master does not accept.</summary>
    private static Step.Run InstallTools => new("sudo .ci/run tools") { Name = "Install what the tests run" };

    public Step TakeEvidence() => new Step.Use(Pinned("actions/download-artifact"),
        new Setting("pattern", EvidenceArtifact + "*"),
        new Setting("path", EvidenceFolder),
        new Setting("merge-multiple", true))
    {
        Name = "Take the evidence of the jobs above",
    };

    /// <summary>What the job left for those behind it, under one hash that travels beside it.</summary>
    public IEnumerable<Step> KeepProduct(PipelineTarget target) =>
    [
        new Step.Run($"""echo "digest=sha256:$({HashOf(target)})" >> "$GITHUB_OUTPUT" """.TrimEnd()) { Name = "Hash what is handed on", Id = "product" },
        Upload(target, optional: false),
    ];

    /// <summary>As an output of the job.</summary>
    public static Setting ProductOutput => new("digest", "${{ steps.product.outputs.digest }}");

    /// <summary>The product of a job before, held against the hash that that job said.</summary>
    public IEnumerable<Step> TakeProduct(PipelineTarget target) =>
    [
        Download(target),
        new Step.Run(
            $$"""
            found=sha256:$({{HashOf(target)}})
            if [ "$found" != "$DIGEST" ]; then
              echo "::error::{{target.Product}} arrived as $found, required: $DIGEST, which the job {{JobId.Of(target.Name)}} left; so nothing is built upon it. Run the whole workflow again."
              exit 3
            fi

            """.ReplaceLineEndings("\n"))
        {
            Name = $"Hold {target.Product} against its hash",
            Variables = [new("DIGEST", $"${{{{ needs.{JobId.Of(target.Name)}.outputs.digest }}}}")],
        },
    ];

    public Step Download(PipelineTarget target) => new Step.Use(Pinned("actions/download-artifact"),
        new Setting("name", Artifact(target)),
        new Setting("path", target.Product));

    /// <summary>What the job that holds the key signed; nothing where it had nothing to sign.</summary>
    public Step TakeSigned(PipelineTarget signer) => new Step.Use(Pinned("actions/download-artifact"),
        new Setting("pattern", Artifact(signer)),
        new Setting("path", signer.Product),
        new Setting("merge-multiple", true))
    {
        Name = "Take what was signed",
    };

    /// <param name="target">What left it.</param>
    /// <param name="optional">Whether there may be none.</param>
    public Step Upload(PipelineTarget target, bool optional) => new Step.Use(Pinned("actions/upload-artifact"),
        new Setting("name", Artifact(target)),
        new Setting("path", target.Product),
        new Setting("if-no-files-found", optional ? "ignore" : "error"));

    /// <param name="target">What to run.</param>
    /// <param name="branch">A branch's literal name, or a shell expression in double quotes.</param>
    /// <param name="arguments">Shell words behind them; empty for none.</param>
    public static Step.Run RunTarget(PipelineTarget target, string branch, string arguments = "") =>
        new($"./build.sh {target.Name} --branch {branch} {arguments}".TrimEnd()) { Name = target.Description };

    // Also after a failure, because a refusal has evidence too. The patterns leave out what the target's dependencies measured.
    private Step.Use KeepEvidence(PipelineTarget target) => new Step.Use(Pinned("actions/upload-artifact"),
        new Setting("name", EvidenceArtifact + JobId.Of(target.Name)),
        new Setting("path", string.Join("\n", target.Gates.Select(gate => $"{EvidenceFolder}/{gate}*"))),
        new Setting("if-no-files-found", "error"))
    {
        Name = "Keep the evidence",
        Condition = "${{ !cancelled() }}",
    };

    // A refusal is shown too. The token of a fork's pull request may not write, and its gate decides without that.
    private Step.Use ShowFindings(GateId gate) => new Step.Use(Pinned("github/codeql-action/upload-sarif"),
        new Setting("sarif_file", $"artifacts/{gate}/{gate}.sarif"),
        new Setting("category", gate.ToString()))
    {
        Name = "Show the findings beside the code",
        Condition = $"${{{{ !cancelled() && hashFiles('artifacts/{gate}/{gate}.sarif') != '' && github.event.pull_request.head.repo.fork != true }}}}",
    };

    private static string Artifact(PipelineTarget target) => $"product-{JobId.Of(target.Name)}";

    // Names and bytes of all files, whatever order the file system lists them in.
    private static string HashOf(PipelineTarget target) =>
        $"find {target.Product} -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1";

    private PinnedAction Pinned(string name) =>
        actions.Find(name) ?? throw new InvalidOperationException($"A definition without '{name}' should have been refused.");
}
