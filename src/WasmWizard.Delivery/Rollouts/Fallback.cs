using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Rollouts;

/// <summary>Decides what to go back to when a rollout fails: what served before it, as far as that is worth going back to.</summary>
internal static class Fallback
{
    /// <param name="history">The ledger before the rollout.</param>
    /// <param name="observed">What was seen serving before the rollout; null when nothing was.</param>
    /// <param name="wanted">What the rollout was about.</param>
    /// <param name="releases">What is kept.</param>
    /// <returns>Null: nothing is to serve again.</returns>
    public static async Task<Release?> Choose(
        RolloutHistory history, Release? observed, Release wanted, IReleaseStore releases, CancellationToken cancellation)
    {
        if (history.Serving is { } serving)
        {
            // The ledger's word is a proof of health; what merely runs may be the half of a run that died.
            var proven = observed?.Id == serving ? observed : await releases.Find(serving, cancellation);
            if (proven is not null)
            {
                return proven;
            }
        }

        // Not proven, but it serves and requests reach it: better than nothing, unless it is the very release that just failed.
        return observed?.Id == wanted.Id ? null : observed;
    }
}
