using System.Globalization;

namespace WasmWizard.Delivery.Ledger;

/// <summary>The ledger for people: a line per rollout and its outcome, without the steps in between.</summary>
public static class HistoryText
{
    /// <summary>Oldest first; one line saying so when there is nothing.</summary>
    public static IReadOnlyList<string> Lines(LedgerChain chain)
    {
        var rows = chain.Entries.Where(entry => entry.Step is null && entry.Outcome != LedgerOutcomes.Started).ToList();
        if (rows.Count == 0)
            return ["nothing has happened here yet"];
        var action = rows.Max(entry => entry.Action.Length);
        var outcome = rows.Max(entry => entry.Outcome.Length);
        return [.. rows.Select(entry =>
            $"{entry.Ordinal,4}  {entry.At.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}  {entry.Action.PadRight(action)}  {entry.Outcome.PadRight(outcome)}  {entry.Release?.ToString() ?? "",-12}  {entry.By}{(entry.Detail is { } detail ? $"  {detail}" : "")}")];
    }
}
