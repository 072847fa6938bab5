using Microsoft.Data.Sqlite;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Local.Backups;

/// <summary>Reads which migrations the database has, by the table that the service's <c>migrate</c> keeps. Never changes anything.</summary>
internal static class AppliedMigrations
{
    /// <summary>What the release brings and the database does not have, in order.</summary>
    public static IReadOnlyList<string> Pending(string database, Release release)
    {
        var applied = Read(database);
        return [.. release.Migrations.Where(migration => !applied.Contains(migration))];
    }

    private static HashSet<string> Read(string database)
    {
        if (!File.Exists(database) || new FileInfo(database).Length == 0)
            return [];
        using var connection = SqliteFile.Open(database, SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migrations'";
        if ((long)command.ExecuteScalar()! == 0)
            return [];
        command.CommandText = "SELECT name FROM schema_migrations";
        using var reader = command.ExecuteReader();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read())
            names.Add(reader.GetString(0));
        return names;
    }
}
