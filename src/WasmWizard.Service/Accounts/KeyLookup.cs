namespace WasmWizard.Service.Accounts;

/// <summary>What a key turned out to be.</summary>
public abstract record KeyLookup
{
    private KeyLookup()
    {
    }

    public sealed record Valid(string KeyId, string UserId, Role Role, Tier Tier) : KeyLookup;

    /// <param name="Reason">A label of the failures' metric: missing, malformed, unknown, expired, revoked, disabled, session.</param>
    public sealed record Refused(string Reason) : KeyLookup;
}

/// <summary>A key as its owner sees it: all but the key.</summary>
public sealed record KeyRecord(
    string Id, string Prefix, string Tier, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt);
