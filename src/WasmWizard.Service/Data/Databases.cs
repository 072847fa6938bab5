using WasmWizard.Service.Settings;

namespace WasmWizard.Service.Data;

/// <summary>Chooses the engine: PostgreSQL where DATABASE_URL is set, else SQLite under DATA_PATH.</summary>
public static class Databases
{
    public static IDatabase Of(ServiceSettings settings) =>
        settings.DatabaseUrl is { } url ? new PostgresDatabase(url) : new SqliteDatabase(settings.DatabaseFile);
}
