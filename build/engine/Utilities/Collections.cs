namespace WasmWizard.BuildEngine.Utilities.Collections;

/// <summary>Loops and checks inside a chain.</summary>
public static class EnumerableExtensions
{
    /// <summary>Does something with each member, now.</summary>
    public static void ForEach<T>(this IEnumerable<T> members, Action<T> action)
    {
        foreach (var member in members)
            action(member);
    }

    /// <summary>Does something with each member and its position, now.</summary>
    public static void ForEach<T>(this IEnumerable<T> members, Action<T, int> action)
    {
        var index = 0;
        foreach (var member in members)
            action(member, index++);
    }

    /// <summary>Without the missing ones.</summary>
    public static IEnumerable<T> WhereNotNull<T>(this IEnumerable<T?> members)
        where T : class => members.OfType<T>();

    /// <summary>The only member, null without one; more are an error with this message.</summary>
    public static T? SingleOrDefaultOrError<T>(this IEnumerable<T> members, string message)
    {
        var some = members.Take(2).ToList();
        Assert.True(some.Count < 2, message);
        return some.Count == 1 ? some[0] : default;
    }
}

/// <summary>Adds pairs inside a chain, as in <c>ReportSummary(_ => _.AddPair("Packages", count))</c>.</summary>
public static class DictionaryExtensions
{
    /// <summary>Sets a pair.</summary>
    public static Dictionary<string, string> AddPair(this Dictionary<string, string> dictionary, string key, object? value = null)
    {
        dictionary[key] = Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "";
        return dictionary;
    }

    /// <summary>Sets a pair when there is a value.</summary>
    public static Dictionary<string, string> AddPairWhenValueNotNull(this Dictionary<string, string> dictionary, string key, object? value) =>
        value is null ? dictionary : dictionary.AddPair(key, value);
}
