namespace WasmWizard.Delivery.Locks;

/// <summary>What a store can tell about the process that holds a lock.</summary>
public enum HolderLife
{
    /// <summary>Seen alive: same machine, same process id, same start time.</summary>
    Alive,

    /// <summary>Proven gone: same machine, and its process id is free, or belongs to a process that started at another time or boot.</summary>
    ProvablyDead,

    /// <summary>Could not be told: another machine, or no right to look.</summary>
    Unknown,
}
