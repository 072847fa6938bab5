namespace WasmWizard.Delivery.GitHub.Pipelines;

/// <summary>The targets with their dependencies, and the smaller graph that remains when only some of them become jobs.</summary>
public sealed class TargetGraph
{
    private readonly List<PipelineTarget> _ordered = [];
    private readonly Dictionary<string, PipelineTarget> _byName = new(StringComparer.Ordinal);

    /// <param name="targets">Every target that another one depends on must be among them.</param>
    /// <exception cref="ArgumentException">A name twice, an unknown dependency, or a cycle; the message lists every fault.</exception>
    public TargetGraph(IEnumerable<PipelineTarget> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        List<string> faults = [];
        var given = targets.ToList();
        foreach (var target in given)
        {
            if (!_byName.TryAdd(target.Name, target))
                faults.Add($"two targets are called '{target.Name}'");
        }
        faults.AddRange(from target in given
                        from dependency in target.DependsOn
                        where !_byName.ContainsKey(dependency)
                        select $"'{target.Name}' depends on '{dependency}', which is no target");
        if (faults.Count == 0)
            Order(given, faults);
        if (faults.Count > 0)
            throw new ArgumentException($"The target graph cannot become workflows: {string.Join("; ", faults)}.", nameof(targets));
    }

    /// <summary>Dependencies first, otherwise in the order they were given.</summary>
    public IReadOnlyList<PipelineTarget> Ordered => _ordered;

    public PipelineTarget? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>
    /// For each chosen target the chosen ones it waits for directly: dependencies through targets that were not chosen count, and
    /// what another of its dependencies waits for anyway is left out.
    /// </summary>
    /// <param name="chosen">Names of targets in this graph.</param>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Needs(IReadOnlySet<string> chosen)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        // Every chosen target behind a target, however far; dependencies come first, so theirs are known already.
        var behind = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var target in _ordered)
        {
            behind[target.Name] = [.. target.DependsOn.Where(chosen.Contains), .. target.DependsOn.SelectMany(dependency => behind[dependency])];
        }
        return _ordered.Where(target => chosen.Contains(target.Name)).ToDictionary(
            target => target.Name,
            IReadOnlyList<string> (target) =>
            [
                .. _ordered.Select(other => other.Name).Where(behind[target.Name].Contains)
                    .Where(name => !behind[target.Name].Any(other => behind[other].Contains(name))),
            ],
            StringComparer.Ordinal);
    }

    /// <summary>Every target that one of these depends on, however far.</summary>
    public IReadOnlySet<string> Behind(IEnumerable<string> names)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(names.SelectMany(name => _byName[name].DependsOn));
        while (open.TryPop(out var next))
        {
            if (!found.Add(next))
                continue;
            foreach (var dependency in _byName[next].DependsOn)
                open.Push(dependency);
        }

        return found;
    }

    private void Order(List<PipelineTarget> targets, List<string> faults)
    {
        var path = new List<string>();
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var target in targets)
            Visit(target);

        void Visit(PipelineTarget target)
        {
            if (done.Contains(target.Name))
                return;
            var start = path.IndexOf(target.Name);
            if (start >= 0)
            {
                faults.Add($"a cycle: {string.Join(" -> ", path.Skip(start).Append(target.Name))}");
                return;
            }
            path.Add(target.Name);
            foreach (var dependency in target.DependsOn)
                Visit(_byName[dependency]);
            path.RemoveAt(path.Count - 1);
            done.Add(target.Name);
            _ordered.Add(target);
        }
    }
}
