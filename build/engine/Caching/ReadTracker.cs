namespace WasmWizard.BuildEngine;

/// <summary>
/// Which parameters, variables and programs a run asked for, and which target did. What was asked for outside of targets (constructor,
/// conditions, hooks) may have been kept anywhere, so it counts for every target.
/// </summary>
internal sealed class ReadTracker(BuildSession session)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _shared = [];
    private readonly Dictionary<ExecutableTarget, HashSet<string>> _byTarget = [];

    public void Parameter(string name) => Note("parameter " + name);

    public void Variable(string name) => Note("variable " + name);

    public void Program(string path) => Note("program " + path);

    /// <summary>Names as <see cref="TargetInputs"/> understands them.</summary>
    public IReadOnlyCollection<string> Of(ExecutableTarget target)
    {
        lock (_lock)
            return _byTarget.TryGetValue(target, out var own) ? [.. _shared.Union(own)] : [.. _shared];
    }

    private void Note(string name)
    {
        var target = session.RunningTarget.Value;
        lock (_lock)
            (target is null ? _shared : NamesOf(target)).Add(name);
    }

    private HashSet<string> NamesOf(ExecutableTarget target) =>
        _byTarget.TryGetValue(target, out var names) ? names : _byTarget[target] = [];
}
