namespace WasmWizard.Delivery.Postgres.Programs;

/// <summary>What the programs are called with, wherever they run. Neither address nor password is among it.</summary>
public static class DumpArguments
{
    // A dump that waits for a lock makes everybody behind it wait as well.
    private const string LockWait = "--lock-wait-timeout=30000";

    public static IReadOnlyList<string> Dump(string snapshot) => ["--format=custom", "--no-password", LockWait, $"--snapshot={snapshot}"];

    public static IReadOnlyList<string> Schema(string? snapshot) =>
        ["--schema-only", "--no-password", LockWait, .. snapshot is null ? Array.Empty<string>() : [$"--snapshot={snapshot}"]];

    /// <param name="database">Without a name pg_restore would write a script; a name is no secret.</param>
    public static IReadOnlyList<string> Restore(string database) =>
        ["--exit-on-error", "--single-transaction", "--no-password", "--no-subscriptions", $"--dbname={database}"];
}
