using WasmWizard.Delivery.Backups;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Testing;

/// <summary>An environment's infrastructure in memory: it outlives every process that changes it.</summary>
public sealed class InMemoryWorld(TimeProvider time)
{
    /// <summary>Releases that can be gone back to, oldest first.</summary>
    public List<Release> Stored { get; } = [];

    /// <summary>What runs, whether requests reach it or not.</summary>
    public Dictionary<ReleaseId, Release> Instances { get; } = [];

    /// <summary>What requests are sent to; null: nothing.</summary>
    public ReleaseId? Route { get; private set; }

    public DateTimeOffset? RoutedSince { get; private set; }

    /// <summary>Migrations that were applied, in order.</summary>
    public List<string> Schema { get; } = [];

    public List<BackupReceipt> Backups { get; } = [];

    public ReleaseId? Tag { get; set; }

    /// <summary>The greatest token seen; smaller ones are refused.</summary>
    public FencingToken Greatest { get; private set; }

    /// <summary>Changes that were refused because their holder had lost the lock.</summary>
    public int Refused { get; private set; }

    /// <summary>Releases whose instance ends while it starts.</summary>
    public HashSet<ReleaseId> FailsToStart { get; } = [];

    /// <summary>Releases that start, and answer wrongly once requests reach them.</summary>
    public HashSet<ReleaseId> FailsInEnvironment { get; } = [];

    /// <summary>Reported by every observation.</summary>
    public List<string> Drift { get; } = [];

    /// <summary>Returned by every preflight.</summary>
    public List<Fault> Faults { get; } = [];

    /// <summary>How many releases <c>prune</c> leaves.</summary>
    public int KeptReleases { get; set; } = 3;

    /// <summary>Called after every change with its name and token: the place to assert what must hold at every moment.</summary>
    public Action<string, FencingToken> Changed { get; set; } = (_, _) => { };

    /// <summary>What must never happen and did, e.g. a migration that ran twice. A test asserts that it is empty.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>The release that requests reach; null when the route leads nowhere or to something dead.</summary>
    public Release? Serving => Route is { } id ? Instances.GetValueOrDefault(id) : null;

    public DatabaseFingerprint Database => new(
        string.Join(',', Schema),
        [.. Schema.Select((migration, index) => new TableFingerprint(migration, index, $"rows of {migration}"))]);

    /// <summary>Changes the world for the holder of <paramref name="token"/>.</summary>
    /// <exception cref="StepFailedException">A greater token was seen: the lock has gone to somebody else.</exception>
    public bool Change(FencingToken token, string what, Action change)
    {
        if (token < Greatest)
        {
            Refused++;
            throw new StepFailedException($"{what} is refused: token {token} is stale, {Greatest} was seen.");
        }

        Greatest = token;
        change();
        Changed(what, token);
        return true;
    }

    public void RouteTo(ReleaseId? release)
    {
        RoutedSince = release is null ? null : Route == release ? RoutedSince : time.GetUtcNow();
        Route = release;
    }

    public void Migrate(string migration)
    {
        if (Schema.Contains(migration))
        {
            Violations.Add($"migration {migration} ran twice");
        }

        Schema.Add(migration);
    }

    public BackupReceipt TakeBackup()
    {
        var content = Database;
        return new BackupReceipt
        {
            At = time.GetUtcNow(),
            Source = "memory",
            Archive = Digest.Of(System.Text.Encoding.UTF8.GetBytes(content.SchemaHash)),
            Bytes = content.SchemaHash.Length,
            Content = content,
            RestoreTime = TimeSpan.FromSeconds(1),
        };
    }
}
