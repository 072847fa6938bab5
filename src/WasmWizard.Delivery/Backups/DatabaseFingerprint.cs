namespace WasmWizard.Delivery.Backups;

/// <summary>What a database holds at one moment, small enough to keep. Two databases with equal fingerprints hold the same.</summary>
/// <param name="SchemaHash">Hash over the schema's text in a stable order.</param>
/// <param name="Tables">Every table, in any order.</param>
public sealed record DatabaseFingerprint(string SchemaHash, IReadOnlyList<TableFingerprint> Tables)
{
    /// <summary>How <see cref="LargeObjects"/> are called among tables.</summary>
    public const string LargeObjectsName = "large objects";

    /// <summary>Sequences by name with their last value; empty where the database has no such thing.</summary>
    public IReadOnlyDictionary<string, long> Sequences { get; init; } = new Dictionary<string, long>();

    /// <summary>Extensions as <c>name version</c>; empty where the database has no such thing.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Large objects as one table of their own; null where the database has no such thing.</summary>
    public TableFingerprint? LargeObjects { get; init; }
}

/// <param name="Name">As the database names it, schema included where there are several.</param>
/// <param name="Rows">Count, from the same snapshot as the hash.</param>
/// <param name="Hash">Over all rows, independent of their physical order.</param>
public sealed record TableFingerprint(string Name, long Rows, string Hash);
