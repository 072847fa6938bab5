namespace WasmWizard.Service.Accounts;

/// <summary>What a subscription allows.</summary>
/// <param name="Rank">Order of the tiers: nobody makes a key of a higher rank than their own.</param>
/// <param name="ExecutionsPerMinute">Null: not limited.</param>
/// <param name="ExecutionsPerDay">Null: not limited.</param>
/// <param name="MemoryBytes">Ceiling of a guest's memory.</param>
/// <param name="WallTime">Ceiling of a guest's wall time.</param>
public sealed record Tier(string Name, int Rank, long? ExecutionsPerMinute, long? ExecutionsPerDay, long MemoryBytes, TimeSpan WallTime)
{
    /// <summary>What anonymous callers are (policy.md).</summary>
    public const string Free = "free";

    /// <summary>For probes, tests and load: no limit on how often.</summary>
    public const string Unlimited = "unlimited";
}
