namespace WasmWizard.Delivery.Yaml;

/// <summary>A YAML document as it is to be written; only what workflows and Compose files need. Nodes are never shared or changed.</summary>
public abstract record YamlNode
{
    private protected YamlNode()
    {
    }
}

/// <summary>A single value. Text is quoted where another reading would be possible; numbers and booleans are not.</summary>
public sealed record YamlScalar : YamlNode
{
    private YamlScalar(string value, bool isText) => (Value, IsText) = (value, isText);

    public string Value { get; }

    /// <summary>Must be read back as a string.</summary>
    public bool IsText { get; }

    /// <summary>One line after the value, e.g. the version behind a pinned commit; empty for none.</summary>
    public string Note { get; init; } = "";

    public static implicit operator YamlScalar(string value) => new(value, isText: true);

    public static implicit operator YamlScalar(int value) => new(value.ToString(System.Globalization.CultureInfo.InvariantCulture), isText: false);

    public static implicit operator YamlScalar(bool value) => new(value ? "true" : "false", isText: false);
}

/// <summary>A list of short values on one line: <c>[a, b]</c>.</summary>
public sealed record YamlInline(IReadOnlyList<string> Values) : YamlNode;

/// <summary>A list of mappings, one dash each.</summary>
public sealed record YamlItems(IReadOnlyList<YamlMap> Items) : YamlNode;

/// <summary>Keys in the order they are written; an empty mapping is written <c>{}</c>.</summary>
public sealed record YamlMap(IReadOnlyList<YamlEntry> Entries) : YamlNode;

/// <summary>One key of a mapping.</summary>
/// <param name="Key">A plain key; it is the caller's own name and needs no quotes.</param>
/// <param name="Value">What it holds; null leaves the value empty, as <c>merge_group:</c> does.</param>
public sealed record YamlEntry(string Key, YamlNode? Value)
{
    /// <summary>Lines written above the key as comments.</summary>
    public IReadOnlyList<string> Comment { get; init; } = [];

    /// <summary>An empty line goes before the key, unless it is the first of its mapping.</summary>
    public bool Spaced { get; init; }
}
