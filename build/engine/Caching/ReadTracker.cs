using System.Collections.Concurrent;

namespace WasmWizard.BuildEngine;

/// <summary>
/// Which parameters, variables and programs a run asked for, and which target did. What was asked for outside of targets (constructor,
/// conditions, hooks) may have been kept anywhere, so it counts for every target.
/// </summary>
internal sealed class ReadTracker(BuildSession session)
{
    private readonly ConcurrentDictionary<string, byte> _shared = new();
    private readonly ConcurrentDictionary<ExecutableTarget, ConcurrentDictionary<string, byte>> _byTarget = new();

    public void Parameter(string name) => Note("parameter " + name);

    public void Variable(string name) => Note("variable " + name);

    public void Program(string path) => Note("program " + path);

    /// <summary>Names as <see cref="TargetInputs"/> understands them.</summary>
    public IEnumerable<string> Of(ExecutableTarget target) =>
        _byTarget.TryGetValue(target, out var own) ? _shared.Keys.Union(own.Keys) : _shared.Keys;

    private void Note(string name)
    {
        var names = session.RunningTarget.Value is { } target ? _byTarget.GetOrAdd(target, _ => new()) : _shared;
        names.TryAdd(name, 0);
    }
}
