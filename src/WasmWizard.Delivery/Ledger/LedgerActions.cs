namespace WasmWizard.Delivery.Ledger;

/// <summary>The words of <see cref="LedgerEntry.Action"/> that the core itself writes; adapters add their own verbs (backup, restore).</summary>
public static class LedgerActions
{
    public const string Deploy = "deploy";
    public const string Rollback = "rollback";
    public const string Stop = "stop";

    /// <summary>The automatic way back inside a rollout that failed or was cancelled.</summary>
    public const string Undo = "undo";

    /// <summary>A torn last line was cut off.</summary>
    public const string Repair = "repair";

    /// <summary>Deployments are held back from here on, for the reason in the entry's detail.</summary>
    public const string Freeze = "freeze";

    /// <summary>Deployments go on.</summary>
    public const string Unfreeze = "unfreeze";

    /// <summary>A person broke a lock by name.</summary>
    public const string Unlock = "unlock";
}
