namespace WasmWizard.Delivery.Testing;

/// <summary>What happens to a process at one of its side effects.</summary>
public enum Disturbance
{
    None,

    /// <summary>Killed before the effect took place.</summary>
    DieBefore,

    /// <summary>Killed in the middle: a line of the ledger is half written; any other effect did not take place.</summary>
    DieDuring,

    /// <summary>Killed after the effect took place and before anybody heard of it.</summary>
    DieAfter,

    /// <summary>The effect did not take place and the caller gets an exception.</summary>
    FailBefore,

    /// <summary>The effect took place and the caller gets an exception all the same (a lost reply).</summary>
    FailAfter,

    /// <summary>The caller of the rollout asks it to stop; the effect takes place unless it heeds that.</summary>
    Cancel,

    /// <summary>The call succeeds, and nothing has happened (an API's 200 is not a fact).</summary>
    Lie,
}
