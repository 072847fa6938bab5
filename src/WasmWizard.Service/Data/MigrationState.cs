namespace WasmWizard.Service.Data;

/// <summary>The database's migrations against the binary's.</summary>
/// <param name="Applied">Known and applied.</param>
/// <param name="Pending">Known and not applied.</param>
/// <param name="Unknown">Applied by a newer binary; tolerated, because code rolls back over a newer schema.</param>
/// <param name="Altered">Applied with another text than this binary carries; nothing is migrated over such.</param>
public sealed record MigrationState(
    IReadOnlyList<string> Applied, IReadOnlyList<string> Pending, IReadOnlyList<string> Unknown, IReadOnlyList<string> Altered)
{
    public bool IsCurrent => Pending.Count == 0 && Altered.Count == 0;

    /// <param name="recorded">Rows of schema_migrations.</param>
    public static MigrationState Of(IReadOnlyList<Migration> known, IReadOnlyList<(int Version, string Name, string Checksum)> recorded)
    {
        var rows = recorded.ToDictionary(r => r.Version);
        return new MigrationState(
            [.. known.Where(m => rows.ContainsKey(m.Version)).Select(m => m.Name)],
            [.. known.Where(m => !rows.ContainsKey(m.Version)).Select(m => m.Name)],
            [.. recorded.Where(r => known.All(m => m.Version != r.Version)).Select(r => r.Name)],
            [.. known.Where(m => rows.TryGetValue(m.Version, out var row) && row.Checksum != m.Checksum).Select(m => m.Name)]);
    }
}
