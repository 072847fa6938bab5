namespace WasmWizard.Delivery.SupplyChain.Debian;

/// <summary>Which packages a base takes: the wanted ones and what they depend on, but for what the recipe leaves out.</summary>
public static class PackageClosure
{
    private const string Fix = "mend the recipe of the base, or fetch the index again: ./build.sh Image";

    /// <returns>In order of name.</returns>
    /// <exception cref="CorruptDataException">A package is in no index, or none of the versions that another one needs.</exception>
    public static IReadOnlyList<IndexedPackage> Of(PackageIndex index, BaseRecipe recipe)
    {
        var taken = new SortedDictionary<string, IndexedPackage>(StringComparer.Ordinal);
        var open = new Queue<(string Name, string By)>(recipe.Wanted.Select(name => (name, "the recipe")));
        while (open.TryDequeue(out var next))
        {
            if (taken.ContainsKey(next.Name))
                continue;
            var package = index.Find(next.Name) ?? throw new CorruptDataException($"{next.Name}, which {next.By} needs, is in no index", Fix);
            taken[next.Name] = package;
            foreach (var dependency in Split(package.Depends, ','))
                if (Choose(index, recipe, dependency, next.Name) is { } needed)
                    open.Enqueue((needed, next.Name));
        }
        return [.. taken.Values];
    }

    /// <summary>The first alternative that the index can satisfy; null when the recipe leaves one of them out.</summary>
    private static string? Choose(PackageIndex index, BaseRecipe recipe, string dependency, string by)
    {
        var alternatives = Split(dependency, '|').Select(Relation.Parse).ToList();
        if (alternatives.Any(relation => recipe.LeftOut.Contains(relation.Name)))
            return null;
        return alternatives.FirstOrDefault(relation => index.Find(relation.Name) is { } found && relation.Holds(found.Record.Version))?.Name
            ?? throw new CorruptDataException($"no index has '{dependency}', which {by} needs", Fix);
    }

    private static string[] Split(string text, char separator) => text.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>E.g. <c>libssl3t64:any (&gt;= 3.0.3)</c>.</summary>
    private sealed record Relation(string Name, string Operator, DebianVersion? Version)
    {
        public static Relation Parse(string text)
        {
            var open = text.IndexOf('(', StringComparison.Ordinal);
            var name = (open < 0 ? text : text[..open]).Trim().Split(':')[0];
            if (open < 0)
                return new(name, "", null);
            var parts = text[(open + 1)..].TrimEnd(')', ' ').Split(' ', 2, StringSplitOptions.TrimEntries);
            return new(name, parts[0], DebianVersion.Parse(parts[^1]) ?? throw new CorruptDataException($"'{text}' is no dependency", Fix));
        }

        public bool Holds(DebianVersion found) => (Operator, Version) switch
        {
            ("", _) => true,
            (">=", { } least) => found >= least,
            ("<=", { } most) => found <= most,
            (">>", { } bound) => found > bound,
            ("<<", { } bound) => found < bound,
            ("=", { } exact) => found == exact,
            _ => false,
        };
    }
}
