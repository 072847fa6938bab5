using WasmWizard.Delivery.Backups;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Postgres;
using WasmWizard.Delivery.Postgres.Archives;

/// <summary>One method per target that concerns an environment's database. Both hold the environment's lock: a deployment migrates.</summary>
public static class DatabaseOperations
{
    private const int Failed = 4;
    private const int LockHeld = 6;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    public static Task Backup(IDatabase build) => Locked(build, "backup", async (access, cancellation) =>
    {
        var receipt = (await access.Backups.Take(null, cancellation)).Receipt;
        Log.Information("Backup {Archive:l} of {Source:l}: {Tables} tables, {Rows} rows, {Size:l}, restored and equal in {Seconds:0.0} s",
            access.Backups.All()[0].Name, receipt.Source, receipt.Content.Tables.Count, receipt.Content.Tables.Sum(table => table.Rows), SizeOf(receipt.Bytes), receipt.RestoreTime.TotalSeconds);
        EngineSeam.Publish(build, nameof(IDatabase.Backup), BackupReceiptJson.Write(receipt));
    });

    public static Task Restore(IDatabase build) => Locked(build, "restore", async (access, cancellation) =>
    {
        var stored = access.Backups.All();
        foreach (var backup in stored)
            Log.Information("{Name:l}: {Source:l}, {Rows} rows, {Size:l}", backup.Name, backup.Receipt.Source, backup.Receipt.Content.Tables.Sum(table => table.Rows), SizeOf(backup.Receipt.Bytes));
        if (build.BackupName is not { } name)
            return;
        if (stored.FirstOrDefault(backup => backup.Name == name) is not { } chosen)
        {
            build.Require([new("WW2142", $"there is no backup {name}", "one of those listed", $"./build.sh RestoreBackup --branch {build.Workspace.Policy.Branch}")]);
            return;
        }

        await Restore(build, access, chosen, cancellation);
    });

    private static async Task Restore(IDatabase build, DatabaseAccess access, StoredBackup chosen, CancellationToken cancellation)
    {
        var environment = build.Workspace.Policy.Environment.Word;
        var restore = new PostgresRestore(access.Options, build.Workspace.Time);
        foreach (var line in (await restore.Stage(chosen, cancellation)).Lines(chosen.Receipt.At))
            Log.Warning("{Line:l}", line);
        if (build.Confirm != environment)
        {
            await restore.Discard(cancellation);
            build.Require([new("WW2143", build.Confirm is null ? "nobody has confirmed what would be lost" : $"--confirm {build.Confirm}", $"--confirm {environment}",
                $"./build.sh RestoreBackup --branch {build.Workspace.Policy.Branch} --backup-name {chosen.Name} --confirm {environment}")]);
            return;
        }

        var kept = await restore.Exchange(cancellation);
        Log.Information("{Name:l} serves again; the database before is kept as {Kept:l}", chosen.Name, kept);
    }

    /// <summary>KiB, from ten thousand of them on MiB; of 1024 each.</summary>
    private static string SizeOf(long bytes) => bytes < 10_000 * 1024 ? $"{bytes / 1024.0:0.0} KiB" : $"{bytes / 1048576.0:0.0} MiB";

    private static async Task Locked(IDatabase build, string reason, Func<DatabaseAccess, CancellationToken, Task> work)
    {
        var cancellation = EngineSeam.CancellationOf(build);
        using var environment = Operations.Open(build);
        if (await environment.Database(cancellation) is not { } access)
        {
            build.Require([new("WW2144", $"{build.Workspace.Policy.Environment.Word} has no database that this build reaches", "an environment that was deployed to, in a cluster with --database-url-file", $"./build.sh Deploy --branch {build.Workspace.Policy.Branch}, or the same command with the address")]);
            return;
        }

        var (session, by) = await LockSession.Acquire(environment.Locks, build.Workspace.Time, DeployedEnvironment.HolderName, reason, Lease, cancellation);
        if (session is null)
        {
            build.FailUnlessZero(LockHeld, $"{by!.Holder} holds the lock since {by.Since:u} ({by.Reason}). Next: ./build.sh Unlock --branch {build.Workspace.Policy.Branch}");
            return;
        }

        await using (session)
        {
            try
            {
                await work(access, cancellation);
            }
            catch (StepFailedException failed)
            {
                build.FailUnlessZero(Failed, failed.Message);
            }
        }
    }
}
