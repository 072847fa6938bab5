/// <summary>The environment's database: backups with their proof, and their way back.</summary>
public interface IDatabase : IOperate
{
    [Parameter("Backup that RestoreBackup brings back, as it is listed")]
    string? BackupName => TryGetValue(() => BackupName);

    [Parameter("Name of the environment, typed by whoever has read what RestoreBackup would lose")]
    string? Confirm => TryGetValue(() => Confirm);

    Target Backup => _ => _
        .Description("Back the database up, restore it into a scratch database and compare; its receipt is the proof")
        .Lock("environment")
        .Executes(async () => await DatabaseOperations.Backup(this));

    Target RestoreBackup => _ => _
        .Description("List the backups; with --backup-name tell which writes would be lost; with --confirm ENVIRONMENT restore it")
        .Lock("environment")
        .Executes(async () => await DatabaseOperations.Restore(this));
}
