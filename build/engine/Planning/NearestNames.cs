namespace WasmWizard.BuildEngine;

/// <summary>What a mistyped name may have meant.</summary>
internal static class NearestNames
{
    private const int MostSuggestions = 3;

    /// <summary>Up to three names, the nearest first: by edit distance of at most a third of the word (at least two), or by a common beginning.</summary>
    public static IReadOnlyList<string> Of(string typed, IEnumerable<string> names)
    {
        var wanted = NameForm.Normalize(typed);
        var limit = Math.Max(2, wanted.Length / 3);
        return
        [
            .. names
                .Distinct()
                .Select(name => (name, distance: Distance(wanted, NameForm.Normalize(name))))
                .Where(pair => pair.distance <= limit || IsBeginning(wanted, NameForm.Normalize(pair.name)))
                .OrderBy(pair => pair.distance)
                .ThenBy(pair => pair.name, StringComparer.Ordinal)
                .Take(MostSuggestions)
                .Select(pair => pair.name),
        ];
    }

    /// <summary>" Did you mean A or B?", or nothing.</summary>
    public static string Question(string typed, IEnumerable<string> names)
    {
        var nearest = Of(typed, names);
        return nearest.Count == 0 ? "" : $" Did you mean {string.Join(" or ", nearest)}?";
    }

    private static bool IsBeginning(string typed, string name) =>
        typed.Length >= 3 && (name.StartsWith(typed, StringComparison.Ordinal) || typed.StartsWith(name, StringComparison.Ordinal));

    /// <summary>Insertions, deletions, replacements and swaps of neighbours.</summary>
    private static int Distance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var row = 0; row <= left.Length; row++)
            for (var column = 0; column <= right.Length; column++)
                rows[row, column] = row == 0 || column == 0 ? row + column : Cheapest(rows, left, right, row, column);
        return rows[left.Length, right.Length];
    }

    private static int Cheapest(int[,] rows, string left, string right, int row, int column)
    {
        var replaced = rows[row - 1, column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1);
        var best = Math.Min(replaced, Math.Min(rows[row - 1, column], rows[row, column - 1]) + 1);
        var swapped = row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1];
        return swapped ? Math.Min(best, rows[row - 2, column - 2] + 1) : best;
    }
}
