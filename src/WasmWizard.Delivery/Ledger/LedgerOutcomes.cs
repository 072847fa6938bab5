namespace WasmWizard.Delivery.Ledger;

/// <summary>The words of <see cref="LedgerEntry.Outcome"/>.</summary>
public static class LedgerOutcomes
{
    public const string Started = "started";
    public const string Intent = "intent";
    public const string Observed = "observed";
    public const string Failed = "failed";
    public const string Healthy = "healthy";
    public const string RolledBack = "rolled-back";
    public const string Stuck = "stuck";
    public const string Cancelled = "cancelled";

    /// <summary>Written by the next run for one that ended without an outcome.</summary>
    public const string Interrupted = "interrupted";
    public const string Done = "done";

    /// <summary>True for the words that end a rollout.</summary>
    public static bool Closes(string outcome) => outcome is Healthy or RolledBack or Stuck or Cancelled or Interrupted or Done;
}
