namespace WasmWizard.Delivery.Status;

/// <summary>The state of an environment in one word.</summary>
public enum EnvironmentPhase
{
    /// <summary>Nothing was ever healthy here and nothing serves.</summary>
    None,

    /// <summary>A rollout has started, has no outcome, and its lock is held.</summary>
    Progressing,

    /// <summary>What serves is what the ledger says, and nothing differs.</summary>
    Healthy,

    /// <summary>
    /// Something differs: what serves is not what the ledger says, a drift was observed, a rollout died or got stuck.
    /// The drift list says what, and a deploy puts it right.
    /// </summary>
    Degraded,

    /// <summary>As healthy, but the last deploy or rollback failed and was undone.</summary>
    RolledBack,

    /// <summary>Stopped by a person, and nothing serves.</summary>
    Stopped,
}
