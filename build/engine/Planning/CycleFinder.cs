namespace WasmWizard.BuildEngine;

/// <summary>Finds a circle over all kinds of edges. Iterative, so that a chain of any length fits.</summary>
internal static class CycleFinder
{
    /// <returns>The names of one circle with its first name repeated at the end, or null.</returns>
    public static IReadOnlyList<string>? Find(IEnumerable<ExecutableTarget> targets)
    {
        var done = new HashSet<ExecutableTarget>();
        var path = new List<ExecutableTarget>();
        var onPath = new HashSet<ExecutableTarget>();
        var edges = new Stack<IEnumerator<ExecutableTarget>>();
        foreach (var start in targets)
        {
            Enter(start);
            while (edges.TryPeek(out var next))
            {
                if (!next.MoveNext())
                {
                    edges.Pop().Dispose();
                    onPath.Remove(path[^1]);
                    path.RemoveAt(path.Count - 1);
                }
                else if (onPath.Contains(next.Current))
                {
                    var circle = path.Skip(path.IndexOf(next.Current)).Append(next.Current);
                    return [.. circle.Select(target => target.Name)];
                }
                else
                {
                    Enter(next.Current);
                }
            }
        }

        return null;

        void Enter(ExecutableTarget target)
        {
            if (!done.Add(target))
                return;
            path.Add(target);
            onPath.Add(target);
            edges.Push(target.Predecessors.GetEnumerator());
        }
    }
}
