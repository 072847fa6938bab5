using WasmWizard.Delivery.Ledger;

namespace WasmWizard.Delivery.Reports;

/// <summary>The rollouts of the environment's ledger, newest first.</summary>
internal static class HistoryTable
{
    private const int Shown = 25;

    public static Html Render(ReportFacts facts)
    {
        if (facts.History is not { } chain)
            return Html.Of($"""<p class="none">This machine does not hold the ledger of {facts.Verification.Environment.Word}.</p>""");
        var history = RolloutHistory.Of(chain);
        if (history.Rollouts.Count == 0)
            return Html.Of($"""<p class="none">Nothing was rolled out here yet: <code>./build.sh Deploy --branch {facts.Branch}</code></p>""");
        return Html.Of($"""
            <p>{(history.Serving is { } serving ? Html.Of($"<code>{serving}</code> serves.") : Html.Of($"Nothing serves."))} {history.Rollouts.Count} rollouts, {history.Rollouts.Count(rollout => rollout.Outcome == LedgerOutcomes.Healthy)} ended healthy.</p>
            <div class="scroll"><table class="history">
            <thead><tr><th class="number">Entry</th><th>Started</th><th>Action</th><th>Release</th><th>Outcome</th><th>By</th></tr></thead>
            <tbody>
            {Html.Join(history.Rollouts.Reverse().Take(Shown).Select(Row))}</tbody></table></div>
            {(history.Rollouts.Count > Shown ? Html.Of($"""<p class="none">{history.Rollouts.Count - Shown} older ones: <code>./build.sh History --branch {facts.Branch}</code></p>""") : default)}
            """);
    }

    private static Html Row(RolloutRecord rollout) => Html.Of($"""
        <tr><td class="number">{rollout.Number}</td><td class="when">{Amounts.Time(rollout.At)}</td><td>{rollout.Action}</td><td><code>{rollout.Release?.ToString() ?? ""}</code></td><td>{Outcome(rollout)}</td><td>{rollout.By}</td></tr>

        """);

    private static Html Outcome(RolloutRecord rollout)
    {
        var (kind, sign) = rollout.Outcome switch
        {
            LedgerOutcomes.Healthy or LedgerOutcomes.Done => ("passed", "✓"),
            LedgerOutcomes.RolledBack or LedgerOutcomes.Cancelled or LedgerOutcomes.Interrupted => ("inconclusive", "↩"),
            null => ("inconclusive", "…"),
            _ => ("refused", "✕"),
        };
        return Html.Of($"""<span class="verdict {kind}"><b aria-hidden="true">{sign}</b> {rollout.Outcome ?? "open"}</span>""");
    }
}
