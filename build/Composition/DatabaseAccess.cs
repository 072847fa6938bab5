using WasmWizard.Delivery.Postgres;

/// <summary>An environment's database, as backups and restores reach it.</summary>
public sealed record DatabaseAccess(PostgresBackups Backups, PostgresBackupOptions Options);
