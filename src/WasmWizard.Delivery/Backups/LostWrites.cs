namespace WasmWizard.Delivery.Backups;

/// <summary>What a table would lose if a backup were restored now.</summary>
/// <param name="Table">As the database names it.</param>
/// <param name="Written">Rows that are there now and not in the backup: written or changed since.</param>
/// <param name="Gone">Rows of the backup that are not there now: deleted or changed since. They come back as they were.</param>
public sealed record TableLoss(string Table, long Written, long Gone);

/// <summary>Everything that a restore would undo, for a person to read before it happens.</summary>
/// <param name="Tables">Those that differ, by name; empty when the database is as the backup says.</param>
public sealed record LostWrites(IReadOnlyList<TableLoss> Tables)
{
    public long Rows => Tables.Sum(table => table.Written);

    public IReadOnlyList<string> Lines(DateTimeOffset backedUp) => Tables.Count == 0
        ? [$"Nothing was written since {backedUp:u}."]
        :
        [
            $"Written since {backedUp:u}, and lost by a restore:",
            .. Tables.OrderBy(table => table.Table, StringComparer.Ordinal)
                .Select(table => $"  {table.Table}: {table.Written} rows written or changed, {table.Gone} rows deleted or changed come back as they were"),
        ];
}
