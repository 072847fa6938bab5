using System.Globalization;
using System.Text.Json.Nodes;

namespace WasmWizard.BuildEngine;

/// <summary>
/// Why one target runs, could be skipped, and is where it is in the order: <c>--explain Target</c>. Also names orders that never bind, and what
/// became of the target in the last run.
/// </summary>
internal sealed class ExplainText(NukeBuild build, ExecutableTarget target, JsonNode? lastRun)
{
    private readonly IReadOnlyList<ExecutableTarget> _plan = (IReadOnlyList<ExecutableTarget>)build.ExecutionPlan;

    private int Position => _plan.TakeWhile(other => other != target).Count();

    private bool IsPlanned => Position < _plan.Count;

    public IEnumerable<string> Lines(Palette palette)
    {
        yield return palette.Name(target.Name) + (target.Description is { } about ? $"  {about}" : "");
        yield return "  " + WhyPlanned();
        if (IsPlanned)
            yield return string.Create(CultureInfo.InvariantCulture, $"  Place {Position + 1} of {_plan.Count} in the order of one job.");
        foreach (var line in Order().Concat(Conditions()).Concat(Resources()).Concat(LastTime()))
            yield return "  " + line;
    }

    private string WhyPlanned()
    {
        if (target.Invoked)
            return "Runs because the command line asks for it.";
        if (!IsPlanned)
            return $"Is not part of this plan{(Askers(build.Targets) is { Length: > 0 } names ? $"; it joins a plan with {names}" : "; nothing needs it, so only the command line can ask for it")}.";
        if (target.IsDefault && build.InvokedTargets.Count == 0)
            return "Runs because it is the default and the command line asks for nothing.";
        return $"Runs because of {string.Join(" <- ", WayFromAsked().Select(step => step.Name))}.";
    }

    /// <summary>From what needs it directly up to what was asked for; the shortest way.</summary>
    private IEnumerable<ExecutableTarget> WayFromAsked()
    {
        var up = new Dictionary<ExecutableTarget, ExecutableTarget?> { [target] = null };
        var open = new Queue<ExecutableTarget>([target]);
        while (open.TryDequeue(out var next))
        {
            if (next != target && (next.Invoked || next.IsDefault))
                return Way(next);
            foreach (var asker in _plan.Where(other => Needs(other, next)))
                if (up.TryAdd(asker, next))
                    open.Enqueue(asker);
        }

        return [];

        IEnumerable<ExecutableTarget> Way(ExecutableTarget end)
        {
            var way = new List<ExecutableTarget>();
            for (var step = end; step != target; step = up[step]!)
                way.Insert(0, step);
            return way;
        }
    }

    private IEnumerable<string> Order()
    {
        foreach (var (word, edges) in new[] { ("needs it: DependsOn", target.ExecutionEdges), ("only order: Before or After", target.OrderEdges), ("it triggers this one", target.TriggerEdges) })
            foreach (var other in edges)
                yield return _plan.Contains(other) ? $"Waits for {other.Name} ({word})." : $"Would wait for {other.Name} ({word}), which is not part of this plan, so this order does not bind.";
        foreach (var other in _plan.Where(other => other.Predecessors.Contains(target)))
            yield return $"{other.Name} waits for it.";
    }

    private IEnumerable<string> Conditions()
    {
        foreach (var condition in target.Definition.StaticConditions)
            yield return $"Is skipped, before anything runs, {(condition.IsException ? "when" : "unless")} {condition.Text}.";
        foreach (var condition in target.Definition.DynamicConditions)
            yield return $"Is skipped, when its turn comes, unless {condition.Text}.";
        if (target.Definition.StaticConditions.Count + target.Definition.DynamicConditions.Count > 0 && target.ExecutionEdges.Count > 0)
            yield return target.Definition.SkippedDependencies == DependencyBehavior.Skip
                ? $"When skipped, what only it needs is skipped too: of {string.Join(", ", target.ExecutionEdges.Select(other => other.Name))} those that nothing else needs."
                : "When skipped, what it needs runs all the same.";
    }

    private IEnumerable<string> Resources()
    {
        if (target.Definition.Locks.Count > 0)
            yield return $"Never beside {string.Join(", ", _plan.Where(other => other != target && other.Definition.Locks.Intersect(target.Definition.Locks).Any()).Select(other => other.Name).DefaultIfEmpty("anything of this plan"))} (lock {string.Join(", ", target.Definition.Locks)}).";
        if (target.Definition.IsAlone)
            yield return "Nothing runs beside it (Alone).";
        if (target.Definition.Proceeds)
            yield return "When it fails, the others go on, and the build fails in the end.";
        if (target.Definition.IsAssured)
            yield return "Runs also after a failure and after Ctrl+C.";
        if (TargetCache.Takes(target))
            yield return $"Can be restored instead of run; {Commands.Script} {target.Name} --explain-cache says whether it would be.";
    }

    private IEnumerable<string> LastTime()
    {
        if (lastRun?["targets"] is not JsonArray targets || targets.FirstOrDefault(node => (string?)node?["name"] == target.Name) is not { } last)
            yield break;
        var reason = (string?)last["skipReason"];
        yield return string.Create(CultureInfo.InvariantCulture, $"Last run: {last["status"]}{(reason is null ? "" : $", {reason}")}, {last["seconds"]} s.");
    }

    private string Askers(IEnumerable<ExecutableTarget> all) => string.Join(", ", all.Where(other => Needs(other, target)).Select(other => other.Name));

    private static bool Needs(ExecutableTarget asker, ExecutableTarget needed) => asker.ExecutionEdges.Contains(needed) || asker.TriggeredTargets.Contains(needed);
}
