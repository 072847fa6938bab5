using WasmWizard.BuildEngine.IO;

namespace WasmWizard.BuildEngine;

/// <summary>Two planned targets that nothing orders and that make the same files: what is there in the end would depend on who was faster.</summary>
internal static class OverlappingOutputs
{
    public static IReadOnlyList<string> FaultsOf(IReadOnlyList<ExecutableTarget> plan, AbsolutePath root)
    {
        if (plan.Count(target => target.Definition.Outputs.Count > 0) < 2)
            return [];
        var makers = plan.Select((target, position) => (target, position)).Where(pair => pair.target.Definition.Outputs.Count > 0).ToList();
        var order = Predecessors.Positions(plan);
        return
        [
            .. from later in makers
               from earlier in makers
               where earlier.position < later.position
               from pair in Pairs(earlier.target, later.target, root)
               where !Reaches(order, later.position, earlier.position)
               select $"{earlier.target.Name} and {later.target.Name} both make {pair}, and nothing orders them. "
                   + $"Add .After({earlier.target.Name}) to {later.target.Name}, or give each outputs of its own.",
        ];
    }

    private static IEnumerable<string> Pairs(ExecutableTarget left, ExecutableTarget right, AbsolutePath root) =>
        (from one in left.Definition.Outputs
         from other in right.Definition.Outputs
         where GlobOverlap.Overlap(Segments(one, root), Segments(other, root))
         select one == other ? one : $"{one} ({other})").Take(1);

    private static string[] Segments(string glob, AbsolutePath root) =>
        Path.GetFullPath(glob, root).Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static bool Reaches(int[][] order, int from, int to)
    {
        var seen = new HashSet<int>([from]);
        var open = new Stack<int>(seen);
        while (open.TryPop(out var position))
        {
            if (position == to)
                return true;
            foreach (var before in order[position].Where(before => before >= to && seen.Add(before)))
                open.Push(before);
        }

        return false;
    }
}

/// <summary>Whether one path could match two globs. A glob also means everything below what it matches.</summary>
internal static class GlobOverlap
{
    private const string AnyDepth = "**";

    public static bool Overlap(ReadOnlySpan<string> left, ReadOnlySpan<string> right)
    {
        if (left.IsEmpty || right.IsEmpty)
            return true;
        if (left[0] == AnyDepth)
            return Overlap(left[1..], right) || Overlap(left, right[1..]);
        if (right[0] == AnyDepth)
            return Overlap(left, right[1..]) || Overlap(left[1..], right);
        return Meet(left[0], right[0]) && Overlap(left[1..], right[1..]);
    }

    /// <summary>Whether one name could match two patterns of <c>*</c> and <c>?</c>.</summary>
    private static bool Meet(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (!left.IsEmpty && left[0] == '*')
            return Meet(left[1..], right) || (!right.IsEmpty && Meet(left, right[1..]));
        if (!right.IsEmpty && right[0] == '*')
            return Meet(left, right[1..]) || (!left.IsEmpty && Meet(left[1..], right));
        if (left.IsEmpty || right.IsEmpty)
            return left.IsEmpty && right.IsEmpty;
        return (left[0] == right[0] || left[0] == '?' || right[0] == '?') && Meet(left[1..], right[1..]);
    }
}
