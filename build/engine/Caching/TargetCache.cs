using WasmWizard.BuildEngine.IO;
using WasmWizard.Delivery.Evidence;

namespace WasmWizard.BuildEngine;

/// <summary>
/// Restores what a target made before from the same inputs, instead of making it again. Only targets that name both their inputs and their
/// outputs take part.
/// </summary>
internal sealed class TargetCache(NukeBuild build, BuildSession session)
{
    private readonly CacheFolder _folder = new(session.Root, session.TemporaryDirectory / "cache");
    private readonly TargetInputs _inputs = new(build, session);

    public static bool Takes(ExecutableTarget target) => target.Definition is { Inputs.Count: > 0, Outputs.Count: > 0 } && target.HasActions;

    /// <summary>Runs the actions or restores what they made.</summary>
    /// <returns>Whether it was restored.</returns>
    public bool Run(ExecutableTarget target, Action actions)
    {
        var before = _inputs.Before(target);
        var answer = Ask(target, before);
        if (answer is CacheAnswer.Hit { Entry: var entry } && !build.IsGiven(BuiltInParameters.VerifyCache))
        {
            Restore(target, entry);
            session.Log.Info($"{target.Name} is restored: nothing that it is made from changed ({entry.Outputs.Count} files, {entry.Seconds:0.0} s of work)");
            return true;
        }

        session.Log.Info(answer is CacheAnswer.Miss miss ? $"{target.Name} runs: {miss}" : $"{target.Name} runs although nothing changed, to compare it with the cache");
        actions();
        var made = EntryOf(target, before);
        if (answer is CacheAnswer.Hit hit)
            Compare(target, hit.Entry, made);
        _folder.Store(made);
        return false;
    }

    /// <summary>Changes nothing but damaged entries, which it removes.</summary>
    public CacheAnswer Ask(ExecutableTarget target) => Ask(target, _inputs.Before(target));

    private CacheAnswer Ask(ExecutableTarget target, Dictionary<string, string> before)
    {
        var reasons = new List<string>();
        var entries = _folder.EntriesOf(target.Name, reasons.Add);
        IReadOnlyList<InputChange>? nearest = null;
        foreach (var entry in entries)
        {
            var now = new Dictionary<string, string>(before);
            foreach (var name in entry.Inputs.Keys.Where(IsRead))
                now[name] = _inputs.Value(name);
            var changes = NamedInputs.Changes(entry.Inputs, now);
            if (changes.Count == 0)
            {
                if (_folder.DamageOf(entry) is not { } damage)
                    return new CacheAnswer.Hit(entry);
                _folder.Remove(entry);
                reasons.Add(damage);
            }
            else if (nearest is null || changes.Count < nearest.Count)
            {
                nearest = changes;
            }
        }

        reasons.AddRange((nearest ?? []).Select(change => change.ToString()));
        if (entries.Count == 0 && reasons.Count == 0)
            reasons.Add("it was not made before");
        return reasons.Count > 0 ? new CacheAnswer.Miss(reasons) : throw new InvalidOperationException($"The cache cannot say why {target.Name} has to run. This is a fault of the engine.");
    }

    private void Restore(ExecutableTarget target, CacheEntry entry)
    {
        var wanted = entry.Outputs.Select(output => output.Path).ToHashSet();
        foreach (var other in InputFiles.Find(session.Root, target.Definition.Outputs).Where(other => !wanted.Contains(other)))
            File.Delete(session.Root / other);
        _folder.Restore(entry);
        target.SummaryInformation = new Dictionary<string, string>(entry.Summary);
    }

    private CacheEntry EntryOf(ExecutableTarget target, Dictionary<string, string> before)
    {
        var inputs = new Dictionary<string, string>(before);
        foreach (var name in session.Reads.Of(target))
            inputs[name] = _inputs.Value(name);
        var outputs = InputFiles.Find(session.Root, target.Definition.Outputs).Select(path => new CachedFile(path, InputFiles.HashOf(session.Root / path), ModeOf(session.Root / path))).ToList();
        if (outputs.Count == 0)
            throw new BuildFailedException(BuildFailure.Unexpected, $"{target.Name} made none of its outputs {string.Join(", ", target.Definition.Outputs)}. Correct Outputs(...), or leave it out.");
        return new CacheEntry(target.Name, inputs, outputs, new Dictionary<string, string>(target.SummaryInformation), Math.Round((session.Elapsed - target.Began!.Value).TotalSeconds, 3));
    }

    /// <summary>Equal inputs must make equal bytes; where they do not, something that the target uses is not named, or it is not deterministic.</summary>
    private void Compare(ExecutableTarget target, CacheEntry stored, CacheEntry made)
    {
        var changes = NamedInputs.Changes(stored.Outputs.ToDictionary(file => file.Path, file => file.Hash), made.Outputs.ToDictionary(file => file.Path, file => file.Hash));
        if (changes.Count == 0)
            return;
        _folder.Remove(stored);
        throw new BuildFailedException(
            BuildFailure.Unexpected,
            $"{target.Name} made other files from the same inputs: {string.Join("; ", changes)}. So the cache would have restored wrong ones; the entry is removed. "
            + "Name what is missing in Inputs(...), or make the target deterministic.");
    }

    private static bool IsRead(string name) =>
        name.StartsWith("parameter ", StringComparison.Ordinal) || name.StartsWith("variable ", StringComparison.Ordinal) || name.StartsWith("program ", StringComparison.Ordinal);

    private static int ModeOf(AbsolutePath file) => OperatingSystem.IsWindows() ? 0 : (int)File.GetUnixFileMode(file);
}
