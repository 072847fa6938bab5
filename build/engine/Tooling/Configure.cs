namespace WasmWizard.BuildEngine.Tooling;

/// <summary>Changes options: takes them and returns the changed copy.</summary>
public delegate T Configure<T>(T options);

/// <summary>Changes options by a value.</summary>
public delegate T Configure<T, in TValue>(T options, TValue value);

/// <summary>Makes several options of one: a run for each.</summary>
public delegate IEnumerable<T> CombinatorialConfigure<T>(T options);

/// <summary>Calls inside a fluent chain.</summary>
public static class ConfigureExtensions
{
    /// <summary>Applies a change.</summary>
    public static TOut Apply<T, TOut>(this T options, Func<T, TOut> configurator) => configurator(options);

    /// <summary>Applies a settings hook of a component.</summary>
    public static T Apply<T>(this T options, Configure<T>? configurator) => configurator is null ? options : configurator(options);

    /// <summary>Applies a change by a value.</summary>
    public static T Apply<T, TValue>(this T options, Configure<T, TValue>? configurator, TValue value) => configurator is null ? options : configurator(options, value);

    /// <summary>Applies a change when the condition holds.</summary>
    public static T When<T>(this T options, bool condition, Func<T, T> configurator) => condition ? configurator(options) : options;

    /// <summary>Applies a change when the condition holds for the options.</summary>
    public static T When<T>(this T options, Func<T, bool> condition, Func<T, T> configurator) => condition(options) ? configurator(options) : options;

    /// <summary>Applies a change with a value that exists.</summary>
    public static T WhenNotNull<T, TObject>(this T options, TObject? value, Func<T, TObject, T> configurator) => value is null ? options : configurator(options, value);

    /// <summary>One copy of the options per value.</summary>
    public static T[] CombineWith<T, TValue>(this T options, IEnumerable<TValue> values, Func<T, TValue, T> configurator)
        where T : ToolOptions => [.. values.Select(value => configurator(options, value))];

    /// <summary>Every copy so far once per value.</summary>
    public static T[] CombineWith<T, TValue>(this IEnumerable<T> options, IEnumerable<TValue> values, Func<T, TValue, T> configurator)
        where T : ToolOptions => [.. options.SelectMany(_ => values, configurator)];

    /// <summary>Several copies of the options per value.</summary>
    public static T[] CombineWith<T, TValue>(this T options, IEnumerable<TValue> values, Func<T, TValue, IEnumerable<T>> configurator)
        where T : ToolOptions => [.. values.SelectMany(value => configurator(options, value))];

    /// <summary>One copy of the options per change.</summary>
    public static T[] CombineWith<T>(this T options, params Configure<T>[] configurators)
        where T : ToolOptions => [.. configurators.Select(configurator => configurator(options))];
}
