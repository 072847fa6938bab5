using WasmWizard.Delivery.Compose.Stack;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Compose.Steps;

/// <summary>Removes what no rollback can need: the oldest releases with their secrets, and images of none.</summary>
internal sealed class PruneStep(ComposeContext context, Release release) : IRolloutStep
{
    public string Id => "prune";

    public StepKind Kind => StepKind.Prune;

    public string Subject => "stored releases";

    public string Change => $"keep the last {context.Options.KeptReleases}";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        var (superfluous, _) = await Split(cancellation);
        return superfluous.Count == 0 ? new(true, "nothing is kept beyond need") : new(false, $"{superfluous.Count} releases are kept beyond need");
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        var (superfluous, kept) = await Split(cancellation);
        foreach (var old in superfluous)
        {
            await context.Releases.Remove(old.Id, cancellation);
            if (kept.All(other => other.Digest != old.Digest))
                await context.Engine.Delete($"/images/{Specifications.ImageOf(old.Digest)}", cancellation);
        }
    }

    private async Task<(IReadOnlyList<Release> Superfluous, IReadOnlyList<Release> Kept)> Split(CancellationToken cancellation)
    {
        // The one that served last before this one is what a rollback goes to, however long ago it was first deployed.
        var served = await context.LastTakeOvers(cancellation);
        var all = (await context.Releases.All(cancellation)).OrderByDescending(other => served.GetValueOrDefault(other.Id.ToString())).ToList();
        var kept = all.Where(other => other.Id == release.Id).Concat(all.Where(other => other.Id != release.Id).Take(context.Options.KeptReleases - 1)).ToList();
        return ([.. all.Where(other => kept.All(keep => keep.Id != other.Id))], kept);
    }
}
