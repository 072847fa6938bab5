using WasmWizard.Delivery.Gates.Migrations;
using WasmWizard.Delivery.Gates.Migrations.Sql;

namespace WasmWizard.Delivery.Migrations;

/// <summary>Which migrations contract: those that say so before their first statement, in the words that the lint knows.</summary>
public static class Contracting
{
    /// <param name="files">Every migration of the service.</param>
    /// <returns>Their names, in order.</returns>
    public static IReadOnlyList<string> Of(IEnumerable<MigrationFile> files) =>
        [.. files.Where(file => file.Engine is { } engine && file.Name is not null && IsContract(file.Sql, engine)).Select(file => file.Name!).Distinct().Order(StringComparer.Ordinal)];

    private static bool IsContract(string sql, SqlEngine engine) => SqlScript.Read(sql, engine) is [var first, ..] && MigrationMarkers.IsContract(first.Comments);
}
