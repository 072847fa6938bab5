using WasmWizard.Delivery.Local.Protocol.Files;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Local.Steps;

/// <summary>Removes what no rollback can need: the oldest releases, layers of none, what crashes left, old logs and old fronts.</summary>
internal sealed class PruneStep(StepContext context) : IRolloutStep
{
    /// <summary>Logs kept of instances that are gone.</summary>
    private const int KeptLogs = 20;

    public string Id => "prune";

    public StepKind Kind => StepKind.Prune;

    public string Subject => "stored releases";

    public string Change => $"keep the last {context.Options.KeptReleases}";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        var releases = await Superfluous(cancellation);
        var files = await Files(releases, cancellation);
        return releases.Count == 0 && files.Count == 0
            ? new StepState(true, "nothing is kept beyond need")
            : new StepState(false, $"{releases.Count} releases and {files.Count} files or folders are kept beyond need");
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        var releases = await Superfluous(cancellation);
        var files = await Files(releases, cancellation);
        foreach (var release in releases)
            context.Releases.Remove(release.Id);
        foreach (var path in files)
        {
            if (Directory.Exists(path))
                Folders.Delete(path);
            else
                File.Delete(path);
        }
    }

    private async Task<IReadOnlyList<Release>> Superfluous(CancellationToken cancellation)
    {
        var all = await context.Releases.All(cancellation);
        var others = all.Where(release => release.Id != context.Release.Id);
        return [.. others.Skip(context.Options.KeptReleases - 1)];
    }

    private async Task<IReadOnlyList<string>> Files(IReadOnlyList<Release> superfluous, CancellationToken cancellation)
    {
        var state = context.State;
        var kept = (await context.Releases.All(cancellation)).Except(superfluous).Select(release => state.LayerOf(release.Digest)).ToHashSet();
        var running = (await context.Front.Status(cancellation))?.Instances.Select(instance => state.Front.LogOf(instance.Id)).ToHashSet() ?? [];
        var front = context.Front.Running() is { } document ? Path.Combine(state.Front.Binaries, document.Version) : null;
        return
        [
            .. In(state.Layers).Where(path => !kept.Contains(path)),
            .. context.Releases.Leftovers(),
            .. In(state.Front.Binaries).Where(path => path != front && front is not null),
            .. In(state.Front.Logs)
                .Where(path => !running.Any(log => path.StartsWith(log, StringComparison.Ordinal)) && !Path.GetFileName(path).StartsWith("front.", StringComparison.Ordinal))
                .OrderByDescending(File.GetLastWriteTimeUtc)
                .Skip(KeptLogs),
        ];
    }

    private static IEnumerable<string> In(string folder) => Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder) : [];
}
