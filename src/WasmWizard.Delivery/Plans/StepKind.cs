namespace WasmWizard.Delivery.Plans;

/// <summary>The phases of a rollout in the only order they may come in; a plan whose kinds are out of order is a programmer's error.</summary>
public enum StepKind
{
    /// <summary>Bring bytes and configuration to the place; nobody notices.</summary>
    Prepare,

    /// <summary>A backup, restored and compared.</summary>
    BackUp,

    /// <summary>Forward-only change of the schema; needs the verified backup.</summary>
    Migrate,

    /// <summary>Start the wanted release beside the serving one and prove that it works.</summary>
    Start,

    /// <summary>Requests go to the wanted release from here on.</summary>
    TakeOver,

    /// <summary>Readiness, a real module executed, error rate and latency through the public address.</summary>
    Environment,

    /// <summary>What no longer serves finishes its requests and ends.</summary>
    Drain,

    /// <summary>Move the alias that people read.</summary>
    Tag,

    /// <summary>Remove what is kept no longer.</summary>
    Prune,
}
