namespace WasmWizard.BuildEngine;

/// <summary>How far a target came. A new target is <see cref="None"/>; a planned one starts as <see cref="Scheduled"/>.</summary>
public enum ExecutionStatus
{
    /// <summary>Not part of the plan.</summary>
    None,

    /// <summary>Part of the plan and not started.</summary>
    Scheduled,

    /// <summary>Planned, but an earlier failure or a cancellation came first.</summary>
    NotRun,

    /// <summary>Left out by <c>--skip</c>, by a condition or because of another skipped target.</summary>
    Skipped,

    /// <summary>All actions returned.</summary>
    Succeeded,

    /// <summary>An action, a condition or a definition threw.</summary>
    Failed,

    /// <summary>Actions are being executed now.</summary>
    Running,

    /// <summary>Was running when the build was cancelled.</summary>
    Aborted,

    /// <summary>Has no actions; only gathers its dependencies.</summary>
    Collective,
}

/// <summary>What happens to the dependencies of a skipped target that no other target needs.</summary>
public enum DependencyBehavior
{
    /// <summary>They are skipped too. The default.</summary>
    Skip,

    /// <summary>They run.</summary>
    Execute,
}
