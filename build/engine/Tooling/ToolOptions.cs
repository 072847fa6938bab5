using System.Collections.Immutable;

namespace WasmWizard.BuildEngine.Tooling;

/// <summary>Options of one tool call. Immutable: every Set, Add, Enable or Reset returns a changed copy.</summary>
public abstract class ToolOptions
{
    private ImmutableDictionary<string, object> _values = ImmutableDictionary<string, object>.Empty;

    /// <summary>The program.</summary>
    internal abstract string ToolPath { get; }

    /// <summary>What stands before the options, e.g. the verb.</summary>
    internal virtual IEnumerable<string> Verb => [];

    /// <summary>How options are written, in the order of the argument line.</summary>
    internal abstract IReadOnlyList<OptionFormat> Formats { get; }

    internal IReadOnlyDictionary<string, object> Values => _values;

    internal object? Get(string name) => _values.GetValueOrDefault(name);

    internal T Get<T>(string name, T otherwise) => _values.TryGetValue(name, out var value) ? (T)value : otherwise;

    internal ToolOptions With(string name, object? value)
    {
        var copy = (ToolOptions)MemberwiseClone();
        copy._values = value is null ? _values.Remove(name) : _values.SetItem(name, value);
        return copy;
    }

    /// <summary>The arguments, one word each.</summary>
    internal IEnumerable<string> Words()
    {
        var options = Formats.Where(format => _values.ContainsKey(format.Name)).SelectMany(format => format.Write(_values[format.Name]));
        var last = Formats.Where(format => format.IsLast && _values.ContainsKey(format.Name)).SelectMany(format => format.WriteLast!(_values[format.Name]));
        return Verb.Concat(options).Concat(Get(ProcessOptions.AdditionalArguments, ImmutableArray<string>.Empty)).Concat(last);
    }
}

/// <summary>How one option is written.</summary>
internal sealed record OptionFormat(string Name, Func<object, IEnumerable<string>> Write)
{
    /// <summary>For what must stand at the very end.</summary>
    public Func<object, IEnumerable<string>>? WriteLast { get; private init; }

    public bool IsLast => WriteLast is not null;

    public static OptionFormat Position(string name) => new(name, value => [$"{value}"]);

    public static OptionFormat Value(string name, string option) => new(name, value => [option, $"{value}"]);

    public static OptionFormat Assignment(string name, string option) => new(name, value => [$"{option}{value}"]);

    public static OptionFormat Flag(string name, string option) => new(name, value => value is true ? [option] : []);

    public static OptionFormat Truth(string name, string option) => new(name, value => [option, value is true ? "true" : "false"]);

    public static OptionFormat Each(string name, string option) => new(name, value => ((ImmutableArray<string>)value).SelectMany(item => (string[])[option, item]));

    public static OptionFormat Joined(string name, string option, char separator) => new(name, value => [option + string.Join(separator, (ImmutableArray<string>)value)]);

    public static OptionFormat Pairs(string name, string option) =>
        new(name, value => ((ImmutableSortedDictionary<string, string>)value).Select(pair => $"{option}{pair.Key}={pair.Value.Replace(";", "%3B", StringComparison.Ordinal)}"));

    public static OptionFormat Last(string name, string separator) => new(name, _ => []) { WriteLast = value => [separator, .. (ImmutableArray<string>)value] };
}
