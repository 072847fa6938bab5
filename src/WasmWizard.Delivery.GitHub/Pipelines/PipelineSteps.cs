using WasmWizard.Delivery.GitHub.Actions;
using WasmWizard.Delivery.GitHub.Workflows;

namespace WasmWizard.Delivery.GitHub.Pipelines;

/// <summary>The steps that jobs of a pipeline are made of.</summary>
internal sealed class PipelineSteps(ActionLock actions)
{
    private const string EvidenceFolder = "artifacts/evidence";
    private const string EvidenceArtifact = "evidence-";

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

    /// <summary>Also after a failure, because a refusal has evidence too. The patterns leave out what the target's dependencies measured.</summary>
    public Step KeepEvidence(JobId job, PipelineTarget target) => new Step.Use(Pinned("actions/upload-artifact"),
        new Setting("name", EvidenceArtifact + job),
        new Setting("path", string.Join("\n", target.Gates.Select(gate => $"{EvidenceFolder}/{gate}*"))),
        new Setting("if-no-files-found", "error"))
    {
        Name = "Keep the evidence",
        Condition = "${{ !cancelled() }}",
    };

    public Step TakeEvidence() => new Step.Use(Pinned("actions/download-artifact"),
        new Setting("pattern", EvidenceArtifact + "*"),
        new Setting("path", EvidenceFolder),
        new Setting("merge-multiple", true))
    {
        Name = "Take the evidence of the jobs above",
    };

    /// <param name="target">What to run.</param>
    /// <param name="branch">A branch's literal name, or a shell expression in double quotes.</param>
    /// <param name="arguments">Shell words behind them; empty for none.</param>
    public static Step.Run RunTarget(PipelineTarget target, string branch, string arguments = "") =>
        new($"./build.sh {target.Name} --branch {branch} {arguments}".TrimEnd()) { Name = target.Description };

    private PinnedAction Pinned(string name) =>
        actions.Find(name) ?? throw new InvalidOperationException($"A definition without '{name}' should have been refused.");
}
